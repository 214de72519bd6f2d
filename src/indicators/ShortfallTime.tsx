import React from 'react';
import { t } from '../translations';
import { Icon, Stack, Text, Tooltip } from '@grafana/ui';
import { dateTimeFormat } from '@grafana/data';
import { formatDuration } from '../formatting/formatDuration';
import { urgencyOf } from './urgency';

interface ShortfallTimeProps {
  readonly firstShortfallAt: number | null;
  /** Whether a shortfall can be foreseen at all: there is a forecast and a capacity. */
  readonly isKnown: boolean;
  readonly now: number;
  readonly timeZone?: string;
}

/** When demand first exceeds capacity with more than the accepted probability. */
export function ShortfallTime({ firstShortfallAt, isKnown, now, timeZone }: ShortfallTimeProps) {
  if (firstShortfallAt === null) {
    return (
      <Text color="secondary">
        {isKnown ? t('shortfall.none', 'None in sight') : t('shortfall.unknown', 'Unknown')}
      </Text>
    );
  }
  const seconds = firstShortfallAt - now;
  const isNow = seconds <= 0;
  const urgency = urgencyOf(seconds);
  return (
    <Tooltip content={dateTimeFormat(firstShortfallAt * 1000, { timeZone })}>
      <span>
        <Stack direction="row" gap={0.5} alignItems="center" wrap="nowrap">
          <Text color={urgency}>
            <Icon name={urgency === 'error' ? 'exclamation-triangle' : 'clock-nine'} />
          </Text>
          <Text color={urgency} weight="medium" tabular>
            {isNow ? t('shortfall.now', 'Now') : t('shortfall.in', 'in {{time}}', { time: formatDuration(seconds) })}
          </Text>
        </Stack>
      </span>
    </Tooltip>
  );
}
