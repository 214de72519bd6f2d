import React from 'react';
import type { Recommendation } from '../../contract/recommendation.ts';
import { formatDuration } from '../formatting/formatDuration';
import { Tone } from '../indicators/Tone';
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
    return <Tone color="secondary">{left <= 0 ? t('expiry.over', 'Expired') : '–'}</Tone>;
  }
  return <Tone color={left < SOON_SECONDS ? 'warning' : 'secondary'}>{formatDuration(left)}</Tone>;
}
