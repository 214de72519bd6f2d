import React from 'react';
import { Badge } from '@grafana/ui';
import type { Recommendation } from '../../contract/recommendation.ts';
import { formatDuration } from '../formatting/formatDuration';
import { formatProbability } from '../formatting/formatProbability';
import { LazyTooltip } from '../indicators/LazyTooltip';
import { t } from '../translations';

type Confidence = Recommendation['confidence'];

/** How far a recommendation can be relied on, and what that rests on. */
export function ConfidenceBadge({ confidence }: { readonly confidence: Confidence }) {
  const { color, text } = confidenceLook(confidence.level);
  const meaning = confidenceMeaning(confidence);
  return (
    <LazyTooltip content={meaning}>
      <Badge color={color} text={text} role="img" aria-label={`${text}: ${meaning}`} />
    </LazyTooltip>
  );
}

function confidenceLook(level: Confidence['level']) {
  switch (level) {
    case 'high':
      return { color: 'green' as const, text: t('confidence.high', 'High confidence') };
    case 'medium':
      return { color: 'blue' as const, text: t('confidence.medium', 'Medium confidence') };
    case 'low':
      return { color: 'orange' as const, text: t('confidence.low', 'Low confidence') };
  }
}

function confidenceMeaning({ historySeconds, coverage80 }: Confidence): string {
  const history = t('confidence.history', 'From {{history}} of history.', { history: formatDuration(historySeconds) });
  const coverage =
    coverage80 === null
      ? t('confidence.noCoverage', 'Its forecasts have not been checked against the truth yet.')
      : t('confidence.coverage', '{{share}} of what came lay inside the 80% band.', {
          share: formatProbability(coverage80),
        });
  return `${history} ${coverage}`;
}
