import React from 'react';
import { Sentence } from '../../sentences/Sentence';
import { t } from '../../translations';
import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { Alert, LinkButton, Stack, Text, useStyles2 } from '@grafana/ui';
import type { WorkloadDetail } from '../../../contract/api.ts';
import type { Recommendation } from '../../../contract/recommendation.ts';
import { recommendationUrl } from '../../routes';
import { testIds } from '../../testIds';
import { Section } from '../Section';
import { ChoiceTable } from '../../recommendation/ChoiceTable';
import { ConfidenceBadge } from '../../recommendation/ConfidenceBadge';
import { headline } from '../../recommendation/headline';
import { PlanTable } from '../../recommendation/PlanTable';
import { Reasons } from '../../recommendation/Reasons';
import { RecommendationBasis } from '../../recommendation/RecommendationBasis';
import { StateBadge } from '../../recommendation/StateBadge';
import { TierBar } from '../../recommendation/TierBar';

interface RecommendationSectionProps {
  readonly detail: WorkloadDetail;
  readonly timeZone: string;
}

/** What Headroom would do, why, and what doing it and not doing it costs and risks. */
export function RecommendationSection({ detail: { recommendation, now }, timeZone }: RecommendationSectionProps) {
  return (
    <Section title={t('recommendation.title', 'Recommendation')} testId={testIds.workload.recommendation}>
      {recommendation === null ? (
        <Text color="secondary">
          {t(
            'recommendation.none',
            'There is none: it needs a forecast, a number of replicas, and what one replica can serve.'
          )}
        </Text>
      ) : (
        <Body recommendation={recommendation} now={now} timeZone={timeZone} />
      )}
    </Section>
  );
}

interface BodyProps {
  readonly recommendation: Recommendation;
  readonly now: number;
  readonly timeZone: string;
}

function Body({ recommendation, now, timeZone }: BodyProps) {
  const styles = useStyles2(getStyles);
  const { reasons, warnings, confidence } = recommendation;
  return (
    <Stack direction="column" gap={2}>
      <Stack direction="row" gap={1} alignItems="center" wrap="wrap">
        <Text element="h4">{headline(recommendation)}</Text>
        <ConfidenceBadge confidence={confidence} />
        <StateBadge state={recommendation.state} />
        <LinkButton
          size="sm"
          variant={recommendation.action === 'hold' ? 'secondary' : 'primary'}
          href={recommendationUrl(recommendation.id)}
          data-testid={testIds.workload.review}
        >
          {t('recommendation.review', 'Review and answer')}
        </LinkButton>
      </Stack>
      {warnings.length > 0 && (
        <Alert severity="warning" title={t('recommendation.warnings', 'Before following it')}>
          <ul>
            {warnings.map((warning) => (
              <li key={warning}>
                <Sentence text={warning} />
              </li>
            ))}
          </ul>
        </Alert>
      )}
      <div className={styles.columns}>
        <div>
          <Text element="h5">{t('recommendation.why', 'Why')}</Text>
          <Reasons reasons={reasons} />
        </div>
        <ChoiceTable recommendation={recommendation} now={now} timeZone={timeZone} />
        <TierBar tiers={recommendation.tiers} />
        <PlanTable plan={recommendation.plan} now={now} timeZone={timeZone} />
      </div>
      <RecommendationBasis recommendation={recommendation} now={now} timeZone={timeZone} />
    </Stack>
  );
}

const getStyles = (theme: GrafanaTheme2) => ({
  columns: css({
    display: 'grid',
    gridTemplateColumns: `repeat(auto-fit, minmax(min(100%, ${theme.spacing(48)}), 1fr))`,
    gap: theme.spacing(3, 4),
    alignItems: 'start',
  }),
});
