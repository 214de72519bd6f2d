import React from 'react';
import { Button, Dropdown, Menu } from '@grafana/ui';
import { isAllowed } from '../sidecar/isAllowed';
import { PERMISSIONS } from '../sidecar/permissions';
import { testIds } from '../testIds';
import { t } from '../translations';
import { missingPermission } from './missingPermission';

interface SnoozeButtonProps {
  readonly blocked: string | null;
  readonly size?: 'sm' | 'md';
  /** Seconds from now on. */
  readonly onSnooze: (seconds: number) => void;
}

/** Says later, for a while that is chosen. */
export function SnoozeButton({ blocked, size = 'md', onSnooze }: SnoozeButtonProps) {
  const why = isAllowed(PERMISSIONS.propose) ? blocked : missingPermission(PERMISSIONS.propose);
  const button = (
    <Button
      type="button"
      variant="secondary"
      size={size}
      icon="clock-nine"
      disabled={why !== null}
      tooltip={why ?? undefined}
      data-testid={testIds.acting.snooze}
    >
      {t('snooze.press', 'Snooze')}
    </Button>
  );
  if (why !== null) {
    return button;
  }
  return (
    <Dropdown
      placement="bottom-start"
      overlay={
        <Menu ariaLabel={t('snooze.menu', 'Snooze for')}>
          {snoozeChoices().map(({ seconds, label }) => (
            <Menu.Item key={seconds} label={label} onClick={() => onSnooze(seconds)} />
          ))}
        </Menu>
      }
    >
      {button}
    </Dropdown>
  );
}

const HOUR_SECONDS = 3600;
const DAY_SECONDS = 86_400;

function snoozeChoices(): ReadonlyArray<{ readonly seconds: number; readonly label: string }> {
  return [
    { seconds: HOUR_SECONDS, label: t('snooze.hour', 'For an hour') },
    { seconds: 4 * HOUR_SECONDS, label: t('snooze.hours4', 'For 4 hours') },
    { seconds: DAY_SECONDS, label: t('snooze.day', 'For a day') },
    // A minute less than the most, so that a slow clock does not make it too long.
    { seconds: 7 * DAY_SECONDS - 60, label: t('snooze.week', 'For a week') },
  ];
}
