import React from 'react';
import type { Expectation, Recommendation } from '../../../contract/recommendation.ts';
import { formatMinutes } from '../../formatting/formatMinutes';
import { formatMoney } from '../../formatting/formatMoney';
import { formatReplicas } from '../../formatting/formatReplicas';
import { Line, Lines } from '../../indicators/Lines';
import { ProbabilityText } from '../../indicators/ProbabilityText';
import { ReplicaChange } from '../../indicators/ReplicaChange';
import { Tone } from '../../indicators/Tone';
import { savingOf } from '../../recommendation/compareRecommendations';
import { planPeak } from '../../recommendation/planPeak';
import { t } from '../../translations';

/** The replicas of now and the most that is recommended, with the floor of now. */
export function Change({ recommendation: { current, plan, proposed } }: { readonly recommendation: Recommendation }) {
  return (
    <Lines>
      <ReplicaChange replicas={{ current: current.replicas, recommended: planPeak(plan) }} />
      <Tone color="secondary" isSmall>
        {t('recommendations.floorNow', 'floor {{floor}} now', { floor: formatReplicas(proposed.replicas) })}
      </Tone>
    </Lines>
  );
}

/** How long capacity is expected to fall short, and how likely it does at least once. */
export function Risk({
  expectation: { shortfallMinutes, shortfallProbability },
}: {
  readonly expectation: Expectation;
}) {
  return (
    <Line>
      <Tone isSmall>
        {t('recommendations.minutesShort', '{{minutes}} min short,', { minutes: formatMinutes(shortfallMinutes) })}
      </Tone>
      <ProbabilityText probability={shortfallProbability} />
      <Tone color="secondary" isSmall>
        {t('recommendations.atLeastOnce', 'at least once')}
      </Tone>
    </Line>
  );
}

/** What following it saves or adds. */
export function Saving({ recommendation }: { readonly recommendation: Recommendation }) {
  const saving = savingOf(recommendation);
  if (saving === null || Math.abs(saving) < 0.005) {
    return <Tone color="secondary">{saving === null ? '–' : t('recommendations.same', 'costs the same')}</Tone>;
  }
  const amount = formatMoney(Math.abs(saving), recommendation.currency);
  return (
    <Tone color={saving > 0 ? 'success' : 'primary'}>
      {saving > 0
        ? t('overview.saves', 'saves {{amount}}', { amount })
        : t('overview.adds', 'adds {{amount}}', { amount })}
    </Tone>
  );
}
