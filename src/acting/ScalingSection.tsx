import React, { useState } from 'react';
import { Alert, LoadingPlaceholder, Stack, Text } from '@grafana/ui';
import type { ScalingResponse } from '../../contract/acting.ts';
import { formatDuration } from '../formatting/formatDuration';
import { formatTime } from '../formatting/formatTime';
import { Fact, FactList } from '../indicators/FactList';
import { Section } from '../pages/Section';
import { Reasons } from '../recommendation/Reasons';
import { Sentence } from '../sentences/Sentence';
import { spoken } from '../sentences/spoken';
import { PERMISSIONS } from '../sidecar/permissions';
import { useScaling } from '../sidecar/useScaling';
import { FailureNotice } from '../states/FailureNotice';
import { testIds } from '../testIds';
import { t } from '../translations';
import { ActionButton } from './ActionButton';
import { ModeSwitch } from './ModeSwitch';
import { PauseModal } from './PauseModal';

interface ScalingSectionProps {
  readonly workload: string;
  readonly timeZone: string;
  readonly onChanged: () => void;
}

/** How acting on a workload stands: mode, floor, the last decision with its reasons; and what changes that. */
export function ScalingSection({ workload, timeZone, onChanged }: ScalingSectionProps) {
  const { resource, reload } = useScaling(workload);
  const changed = () => {
    reload();
    onChanged();
  };
  return (
    <Section title={t('scaling.title', 'Acting')} testId={testIds.acting.scaling}>
      {resource.kind === 'loading' && <LoadingPlaceholder text="" />}
      {resource.kind === 'failed' && <FailureNotice failure={resource.failure} onRetry={reload} />}
      {resource.kind === 'ready' && <Body scaling={resource.value} timeZone={timeZone} onChanged={changed} />}
    </Section>
  );
}

interface BodyProps {
  readonly scaling: ScalingResponse;
  readonly timeZone: string;
  readonly onChanged: () => void;
}

function Body({ scaling, timeZone, onChanged }: BodyProps) {
  const [isPausing, setIsPausing] = useState(false);
  const { workload, decision, approved, restsUntil, now } = scaling;
  return (
    <Stack direction="column" gap={2}>
      <Troubles scaling={scaling} />
      <Stack direction="row" gap={2} wrap="wrap" justifyContent="space-between" alignItems="flex-start">
        <ModeSwitch scaling={scaling} onChanged={onChanged} />
        <ActionButton
          permission={PERMISSIONS.propose}
          variant="secondary"
          icon="pause"
          label={t('scaling.pauseLabel', 'Pause scaling of {{workload}}', { workload })}
          testId={testIds.acting.openPause}
          onClick={() => setIsPausing(true)}
        >
          {t('scaling.pause', 'Pause…')}
        </ActionButton>
      </Stack>
      <Floor scaling={scaling} />
      {approved !== null && (
        <Text>
          {t('scaling.approved', 'A plan that {{who}} approved at {{time}} is followed until {{until}}.', {
            who: approved.who,
            time: formatTime(approved.at, timeZone),
            until: formatTime(approved.until, timeZone),
          })}
        </Text>
      )}
      {decision !== null && (
        <div>
          <Text element="h4" variant="h5">
            {t('scaling.decision', 'Last decision, {{ago}} ago: {{kind}}', {
              ago: formatDuration(now - decision.at),
              kind: decisionWord(decision),
            })}
          </Text>
          <Reasons reasons={decision.reasons} />
        </div>
      )}
      {restsUntil !== null && restsUntil > now && (
        <Text color="secondary">
          {t(
            'scaling.rests',
            'By itself nothing new is tried until {{time}}: something failed, was rolled back or was edited by somebody else.',
            { time: formatTime(restsUntil, timeZone) }
          )}
        </Text>
      )}
      {isPausing && (
        <PauseModal scope={workload} workloads={[workload]} onChanged={onChanged} onClose={() => setIsPausing(false)} />
      )}
    </Stack>
  );
}

function Floor({ scaling: { state, target } }: Pick<BodyProps, 'scaling'>) {
  return (
    <FactList>
      <Fact label={t('scaling.target', 'Target')}>
        {target === null ? t('scaling.noTarget', 'none declared') : target.name}
      </Fact>
      {state !== null && (
        <>
          <Fact label={t('scaling.floor', 'Floor')}>{String(state.setting.floor)}</Fact>
          <Fact label={t('scaling.holder', 'Held by')}>
            {state.isHeld
              ? t('scaling.heldByHeadroom', 'Headroom; its owner had {{floor}}', { floor: state.original.floor })
              : t('scaling.heldByOwner', 'its owner')}
          </Fact>
          {state.ceiling !== null && <Fact label={t('scaling.ceiling', 'Ceiling')}>{String(state.ceiling)}</Fact>}
        </>
      )}
    </FactList>
  );
}

/** What keeps it from acting, or makes what it says less sure. */
function Troubles({ scaling: { problem, isUnsure, isWatching, state } }: Pick<BodyProps, 'scaling'>) {
  const conflicts = state?.conflicts ?? [];
  return (
    <>
      {problem !== null && (
        <Alert severity="error" title={t('scaling.problem', 'The target fails')}>
          <Sentence text={problem} />
        </Alert>
      )}
      {isUnsure && (
        <Alert
          severity="warning"
          title={t('scaling.unsure', 'A change was begun, and it is not known yet whether it was made')}
        />
      )}
      {conflicts.length > 0 && (
        <Alert severity="warning" title={t('scaling.conflicts', 'Somebody else changes it too')}>
          {conflicts.map(spoken).join('. ')}
        </Alert>
      )}
      {isWatching && <Text color="secondary">{t('scaling.watching', 'The last change is being watched.')}</Text>}
    </>
  );
}

function decisionWord({ kind, set }: NonNullable<ScalingResponse['decision']>): string {
  switch (kind) {
    case 'hold':
      return t('scaling.hold', 'leave it');
    case 'giveBack':
      return t('scaling.giveBack', 'give it back');
    case 'change':
      return t('scaling.change', 'set the floor to {{floor}}', { floor: set?.floor ?? '' });
  }
}
