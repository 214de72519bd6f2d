import React from 'react';
import { spoken } from '../sentences/spoken';
import { t } from '../translations';
import { Badge, type BadgeColor } from '@grafana/ui';
import type { IconName } from '@grafana/data';
import type { Health } from '../../contract/api.ts';
import { Tone } from './Tone';

interface Look {
  readonly text: string;
  readonly color: BadgeColor;
  readonly icon: IconName;
}

/** How a workload's forecasts are doing: a badge where not well; the reason is in the tooltip and, for those who listen, in the name. */
export function HealthBadge({ health }: { readonly health: Health }) {
  if (health.state === 'ok' && health.problem === null) {
    return <Tone color="secondary">{t('health.ok', 'OK')}</Tone>;
  }
  const { text, color, icon } = healthLook(health.state);
  const problem = health.problem === null ? null : spoken(health.problem);
  return (
    <Badge
      text={text}
      color={color}
      icon={icon}
      tooltip={problem ?? undefined}
      aria-label={problem === null ? text : `${text}: ${problem}`}
      role="img"
    />
  );
}

function healthLook(state: Health['state']): Look {
  switch (state) {
    case 'ok':
      return { text: t('health.ok', 'OK'), color: 'green', icon: 'check' };
    case 'starting':
      return { text: t('health.starting', 'Starting'), color: 'blue', icon: 'clock-nine' };
    case 'stale':
      return { text: t('health.stale', 'Stale'), color: 'orange', icon: 'history' };
    case 'failing':
      return { text: t('health.failing', 'Failing'), color: 'red', icon: 'exclamation-triangle' };
  }
}
