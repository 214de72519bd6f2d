import React from 'react';
import { t } from '../translations';
import { Icon } from '@grafana/ui';
import { dateTimeFormat } from '@grafana/data';
import { formatDuration } from '../formatting/formatDuration';
import { LazyTooltip } from './LazyTooltip';
import { Line } from './Lines';
import { Tone } from './Tone';
import { urgencyOf } from './urgency';

interface ShortfallTimeProps {
  readonly firstShortfallAt: number | null;
  /** Whether a shortfall can be foreseen at all: there is a forecast and a capacity. */
  readonly isKnown: boolean;
  /** Whether demand is above capacity already, as measured. */
  readonly isShortNow?: boolean;
  readonly now: number;
  readonly timeZone?: string;
}

/** When demand first exceeds capacity with more than the accepted probability; a sign where it is sooner than people react. */
export function ShortfallTime({ firstShortfallAt, isKnown, isShortNow = false, now, timeZone }: ShortfallTimeProps) {
  if (firstShortfallAt === null && !isShortNow) {
    return (
      <Tone color="secondary">
        {isKnown ? t('shortfall.none', 'None in sight') : t('shortfall.unknown', 'Unknown')}
      </Tone>
    );
  }
  const seconds = isShortNow || firstShortfallAt === null ? 0 : firstShortfallAt - now;
  const what = isShortNow
    ? t('shortfall.measured', 'Measured: demand is above capacity')
    : dateTimeFormat((firstShortfallAt ?? now) * 1000, { timeZone });
  const urgency = urgencyOf(seconds);
  return (
    <LazyTooltip content={what}>
      <Tone color={urgency} isStrong>
        <Line>
          {urgency === 'error' && <Icon name="exclamation-triangle" />}
          {seconds <= 0
            ? t('shortfall.now', 'Now')
            : t('shortfall.in', 'in {{time}}', { time: formatDuration(seconds) })}
        </Line>
      </Tone>
    </LazyTooltip>
  );
}
