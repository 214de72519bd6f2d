import React from 'react';
import { Text } from '@grafana/ui';
import type { Recommendation } from '../../contract/recommendation.ts';
import { formatDuration } from '../formatting/formatDuration';
import { formatNumber } from '../formatting/formatNumber';
import { formatProbability } from '../formatting/formatProbability';
import { formatTime } from '../formatting/formatTime';
import { t } from '../translations';

interface RecommendationBasisProps {
  readonly recommendation: Recommendation;
  /** Epoch seconds. */
  readonly now: number;
  readonly timeZone: string;
}

/** What a recommendation rests on: when it was made, the risk it accepts, the futures it was simulated in. */
export function RecommendationBasis({ recommendation, now, timeZone }: RecommendationBasisProps) {
  const { createdAt, expiresAt, risk, leadTimeSeconds, pathCount, seed } = recommendation;
  return (
    <Text element="p" variant="bodySmall" color="secondary">
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
          paths: formatNumber(pathCount),
          seed,
        }),
      ].join(' · ')}
    </Text>
  );
}
