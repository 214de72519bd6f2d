import React from 'react';
import { css } from '@emotion/css';
import { getTimeZone, type GrafanaTheme2 } from '@grafana/data';
import { Alert, Stack, Text, TextLink, useStyles2 } from '@grafana/ui';
import type { WorkloadDetail } from '../../../contract/api.ts';
import { RequestsSection } from '../../acting/RequestsSection';
import { ScalingSection } from '../../acting/ScalingSection';
import { AnswerNotice } from '../../recommendation/AnswerNotice';
import { ChoiceTable } from '../../recommendation/ChoiceTable';
import { isOpen } from '../../recommendation/isOpen';
import { PlanChart } from '../../recommendation/PlanChart';
import { PlanTable } from '../../recommendation/PlanTable';
import { Reasons } from '../../recommendation/Reasons';
import { RecommendationBasis } from '../../recommendation/RecommendationBasis';
import { TierBar } from '../../recommendation/TierBar';
import { recommendationUrl } from '../../routes';
import { Sentence } from '../../sentences/Sentence';
import type { SeenRecommendation } from '../../sidecar/useRecommendation';
import { useWorkload } from '../../sidecar/useWorkload';
import { useClockOf } from '../../hooks/useClockOf';
import { t } from '../../translations';
import { Section } from '../Section';
import { AnswerBar } from './AnswerBar';
import { LatestDecisions } from './LatestDecisions';

interface RecommendationDetailProps {
  readonly seen: SeenRecommendation;
  readonly loadedAtMs: number;
  readonly onChanged: () => void;
}

const TICK_MS = 1000;

/** A recommendation from what to press down to what it rests on. */
export function RecommendationDetail({ seen, loadedAtMs, onChanged }: RecommendationDetailProps) {
  const styles = useStyles2(getStyles);
  const { recommendation, nowSeconds } = seen;
  const timeZone = getTimeZone();
  const { resource, reload } = useWorkload(recommendation.workload);
  const detail = resource.kind === 'ready' ? resource.value : undefined;
  const now = useClockOf(nowSeconds, loadedAtMs, TICK_MS);
  const changed = () => {
    reload();
    onChanged();
  };
  return (
    <Stack direction="column" gap={2}>
      <AnswerNotice recommendation={recommendation} timeZone={timeZone} />
      <Replaced recommendationId={recommendation.id} isOpen={isOpen(recommendation, now)} detail={detail} />
      <Warnings warnings={recommendation.warnings} />
      <AnswerBar
        recommendation={recommendation}
        summary={detail?.summary}
        now={now}
        timeZone={timeZone}
        onChanged={changed}
      />
      {(resource.kind === 'loading' || detail?.summary.demand != null) && (
        <PlanChart recommendation={recommendation} demand={detail?.summary.demand ?? null} timeZone={timeZone} />
      )}
      <Section title={t('recommendation.costAndRisk', 'Cost and risk')}>
        <div className={styles.columns}>
          <ChoiceTable recommendation={recommendation} now={nowSeconds} timeZone={timeZone} />
          <TierBar tiers={recommendation.tiers} />
        </div>
      </Section>
      <Section title={t('recommendation.why', 'Why')}>
        <div className={styles.columns}>
          <div>
            <Reasons reasons={recommendation.reasons} />
            <RecommendationBasis recommendation={recommendation} now={nowSeconds} timeZone={timeZone} />
          </div>
          <PlanTable plan={recommendation.plan} now={nowSeconds} timeZone={timeZone} />
        </div>
      </Section>
      <RequestsSection workload={recommendation.workload} onChanged={changed} />
      <ScalingSection workload={recommendation.workload} timeZone={timeZone} onChanged={changed} />
      <LatestDecisions workload={recommendation.workload} timeZone={timeZone} />
    </Stack>
  );
}

/** The way to the one that stands now, where this one does not any more. */
function Replaced({
  recommendationId,
  isOpen: isStanding,
  detail,
}: {
  readonly recommendationId: string;
  readonly isOpen: boolean;
  readonly detail: WorkloadDetail | undefined;
}) {
  const standing = detail?.summary.recommendationId ?? null;
  if (isStanding || standing === null || standing === recommendationId) {
    return null;
  }
  return (
    <Alert severity="info" title={t('recommendation.replaced', 'Another recommendation stands now')}>
      <TextLink href={recommendationUrl(standing)}>{t('recommendation.openStanding', 'Look at that one')}</TextLink>
    </Alert>
  );
}

function Warnings({ warnings }: { readonly warnings: readonly string[] }) {
  if (warnings.length === 0) {
    return null;
  }
  return (
    <Alert severity="warning" title={t('recommendation.warnings', 'Before following it')}>
      {warnings.map((warning) => (
        <div key={warning}>
          <Text>
            <Sentence text={warning} />
          </Text>
        </div>
      ))}
    </Alert>
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
