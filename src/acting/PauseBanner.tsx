import React from 'react';
import { Alert, Stack, Text } from '@grafana/ui';
import type { Status } from '../../contract/api.ts';
import { formatTime } from '../formatting/formatTime';
import { resume, type PauseScope } from '../sidecar/consent';
import { PERMISSIONS } from '../sidecar/permissions';
import { useClick } from '../sidecar/useClick';
import { testIds } from '../testIds';
import { t } from '../translations';
import { ActionButton } from './ActionButton';
import { ClickFailure } from './ClickFailure';
import { useKnownStatus } from './statusContext';

type Pause = NonNullable<Status['acting']>['pauses'][number];

interface PauseBannerProps {
  /** Shows the pauses of this workload and of all; without it those of every workload. */
  readonly workload?: string;
  readonly onChanged?: () => void;
}

const MOST_SHOWN = 3;

/** What is paused, by whom and why, above everything that would otherwise be waited for in vain. */
export function PauseBanner({ workload, onChanged }: PauseBannerProps) {
  const { status, reload } = useKnownStatus();
  const resuming = useClick(
    (scope: PauseScope) => resume(scope),
    () => {
      reload();
      onChanged?.();
    }
  );
  const acting = status?.acting;
  if (acting === undefined) {
    return null;
  }
  const pauses = acting.pauses.filter(({ scope }) => scope === 'all' || workload === undefined || scope === workload);
  const shown = [...pauses].sort((a, b) => Number(b.scope === 'all') - Number(a.scope === 'all')).slice(0, MOST_SHOWN);
  return (
    <>
      {acting.kind === 'waiting' && (
        <Alert
          severity="info"
          title={t('pause.elsewhere', 'Another Headroom acts at present: {{holder}}', {
            holder: acting.holder ?? t('pause.unknownHolder', 'it is not known which'),
          })}
        >
          {t('pause.elsewhereMeaning', 'Approvals and roll backs have to go to that one until its lease ends.')}
        </Alert>
      )}
      {shown.map((pause) => (
        <Alert key={pause.scope} severity="warning" title={pauseTitle(pause)} data-testid={testIds.acting.pauseBanner}>
          <Stack direction="row" gap={2} alignItems="center" wrap="wrap">
            <Text>
              {t('pause.by', 'By {{who}} at {{time}}', { who: pause.who, time: formatTime(pause.at) })}
              {pause.reason === '' ? '' : `: ${pause.reason}`}
            </Text>
            <ActionButton
              permission={PERMISSIONS.scale}
              blocked={resuming.click.kind === 'running' ? t('approve.running', 'It is being done') : null}
              variant="secondary"
              size="sm"
              icon="play"
              testId={testIds.acting.resume}
              onClick={() => resuming.press({ scope: pause.scope, direction: 'both' })}
            >
              {t('pause.resume', 'Resume')}
            </ActionButton>
          </Stack>
        </Alert>
      ))}
      {pauses.length > shown.length && (
        <Text color="secondary">
          {t('pause.more', 'and {{count}} more pauses', {
            count: pauses.length - shown.length,
            defaultValue_one: 'and {{count}} more pause',
          })}
        </Text>
      )}
      <ClickFailure click={resuming.click} />
    </>
  );
}

function pauseTitle({ scope, out, in: isIn }: Pause): string {
  const values = { workload: scope };
  if (scope === 'all') {
    return out && isIn
      ? t('pause.all', 'Scaling is paused for all workloads: nothing is raised or lowered, and what is held goes back')
      : out
        ? t('pause.allOut', 'Raising is paused for all workloads')
        : t('pause.allIn', 'Lowering is paused for all workloads');
  }
  return out && isIn
    ? t('pause.one', 'Scaling of {{workload}} is paused: its floor goes back to its owner', values)
    : out
      ? t('pause.oneOut', 'Raising of {{workload}} is paused', values)
      : t('pause.oneIn', 'Lowering of {{workload}} is paused', values);
}
