import React from 'react';
import { Text } from '@grafana/ui';
import type { Recommendation } from '../../contract/recommendation.ts';
import { formatDuration } from '../formatting/formatDuration';
import { t } from '../translations';
import { isOpen } from './isOpen';

const SOON_SECONDS = 120;

interface ExpiryTextProps {
  readonly recommendation: Pick<Recommendation, 'state' | 'expiresAt'>;
  /** Epoch seconds by the sidecar's clock. */
  readonly now: number;
}

/** How long a recommendation can still be approved. */
export function ExpiryText({ recommendation, now }: ExpiryTextProps) {
  const left = recommendation.expiresAt - now;
  if (!isOpen(recommendation, now)) {
    return (
      <Text color="secondary" tabular>
        {left <= 0 ? t('expiry.over', 'Expired') : '–'}
      </Text>
    );
  }
  return (
    <Text color={left < SOON_SECONDS ? 'warning' : 'secondary'} tabular>
      {formatDuration(left)}
    </Text>
  );
}
