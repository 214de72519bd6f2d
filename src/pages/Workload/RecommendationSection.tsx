import React from 'react';
import { t } from '../../translations';
import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { Alert, Badge, Stack, Text, useStyles2 } from '@grafana/ui';
import type { WorkloadDetail } from '../../../contract/api.ts';
import type { Recommendation } from '../../../contract/recommendation.ts';
import { formatDuration } from '../../formatting/formatDuration';
import { formatProbability } from '../../formatting/formatProbability';
import { formatTime } from '../../formatting/formatTime';
import { testIds } from '../../testIds';
import { Section } from '../Section';
import { ChoiceTable } from './ChoiceTable';
import { PlanTable } from './PlanTable';
import { Reasons } from './Reasons';
import { TierBar } from './TierBar';

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
  const { reasons, warnings, confidence, expiresAt, createdAt, leadTimeSeconds, risk } = recommendation;
  return (
    <Stack direction="column" gap={2}>
      <Stack direction="row" gap={1} alignItems="center" wrap="wrap">
        <Text element="h4">{headline(recommendation)}</Text>
        <Badge {...confidenceLook(confidence.level)} tooltip={confidenceMeaning(confidence)} />
        <Badge color="darkgrey" text={stateName(recommendation.state)} />
      </Stack>
      {warnings.length > 0 && (
        <Alert severity="warning" title={t('recommendation.warnings', 'Before following it')}>
          <ul>
            {warnings.map((warning) => (
              <li key={warning}>{warning}</li>
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
      <Text variant="bodySmall" color="secondary">
        {[
          t('recommendation.made', 'Made {{ago}} ago, stands until {{time}}', {
            ago: formatDuration(now - createdAt),
            time: formatTime(expiresAt, timeZone),
          }),
          t('recommendation.basis', '{{risk}} accepted in any {{lead}}', {
            risk: formatProbability(risk),
            lead: formatDuration(leadTimeSeconds),
          }),
          t('recommendation.simulation', '{{paths}} simulated futures, seed {{seed}}', {
            paths: new Intl.NumberFormat().format(recommendation.pathCount),
            seed: recommendation.seed,
          }),
        ].join(' · ')}
      </Text>
    </Stack>
  );
}

function headline({ action, current, plan }: Recommendation): string {
  const peak = plan.replicas.reduce((most, { count }) => Math.max(most, count), 0);
  const values = { from: current.replicas ?? '?', to: peak };
  switch (action) {
    case 'raise':
      return t('recommendation.raise', 'Raise the floor from {{from}} to {{to}} replicas', values);
    case 'lower':
      return t('recommendation.lower', 'Lower the floor from {{from}} to {{to}} replicas', values);
    case 'hold':
      return t('recommendation.hold', 'Hold {{to}} replicas', values);
  }
}

function confidenceLook(level: Recommendation['confidence']['level']) {
  switch (level) {
    case 'high':
      return { color: 'green' as const, text: t('confidence.high', 'High confidence') };
    case 'medium':
      return { color: 'blue' as const, text: t('confidence.medium', 'Medium confidence') };
    case 'low':
      return { color: 'orange' as const, text: t('confidence.low', 'Low confidence') };
  }
}

function confidenceMeaning({ historySeconds, coverage80 }: Recommendation['confidence']): string {
  const history = t('confidence.history', 'From {{history}} of history.', { history: formatDuration(historySeconds) });
  const coverage =
    coverage80 === null
      ? t('confidence.noCoverage', 'Its forecasts have not been checked against the truth yet.')
      : t('confidence.coverage', '{{share}} of what came lay inside the 80% band.', {
          share: formatProbability(coverage80),
        });
  return `${history} ${coverage}`;
}

function stateName(state: Recommendation['state']): string {
  switch (state) {
    case 'proposed':
      return t('recommendation.state.proposed', 'Proposed');
    case 'approved':
      return t('recommendation.state.approved', 'Approved');
    case 'applied':
      return t('recommendation.state.applied', 'Applied');
    case 'dismissed':
      return t('recommendation.state.dismissed', 'Dismissed');
    case 'snoozed':
      return t('recommendation.state.snoozed', 'Snoozed');
    case 'superseded':
      return t('recommendation.state.superseded', 'Superseded');
    case 'expired':
      return t('recommendation.state.expired', 'Expired');
    case 'rolled-back':
      return t('recommendation.state.rolledBack', 'Rolled back');
  }
}

const getStyles = (theme: GrafanaTheme2) => ({
  columns: css({
    display: 'grid',
    gridTemplateColumns: `repeat(auto-fit, minmax(min(100%, ${theme.spacing(48)}), 1fr))`,
    gap: theme.spacing(3, 4),
    alignItems: 'start',
  }),
});
