import React, { useState } from 'react';
import { Button, Combobox, Field, Input, Modal, RadioButtonGroup, Stack, Text } from '@grafana/ui';
import { pause, type PauseDirection } from '../sidecar/consent';
import { PERMISSIONS } from '../sidecar/permissions';
import { useClick } from '../sidecar/useClick';
import { testIds } from '../testIds';
import { t } from '../translations';
import { ActionButton } from './ActionButton';
import { ClickFailure } from './ClickFailure';
import { useKnownStatus } from './statusContext';

interface PauseModalProps {
  /** `all`, or the name of a workload: what is chosen first. */
  readonly scope: string;
  readonly workloads: readonly string[];
  readonly onChanged: () => void;
  readonly onClose: () => void;
}

interface PauseRequest {
  readonly scope: string;
  readonly direction: PauseDirection;
  readonly reason: string;
}

const REASON_LENGTH = 500;

/** Stops scaling: of one workload or of all, in one direction or both. */
export function PauseModal({ scope: firstScope, workloads, onChanged, onClose }: PauseModalProps) {
  const { reload } = useKnownStatus();
  const [scope, setScope] = useState(firstScope);
  const [direction, setDirection] = useState<PauseDirection>('both');
  const [reason, setReason] = useState('');
  const { click, press } = useClick(
    (request: PauseRequest) => pause(request, request.reason),
    () => {
      reload();
      onChanged();
      onClose();
    }
  );
  const everything = { value: 'all', label: t('pause.scopeAll', 'All workloads') };
  return (
    <Modal isOpen title={t('pause.title', 'Pause scaling')} onDismiss={onClose}>
      <Stack direction="column" gap={2}>
        <Field noMargin label={t('pause.scope', 'Of')}>
          <Combobox<string>
            id="headroom-pause-scope"
            options={[everything, ...workloads.map((name) => ({ value: name, label: name }))]}
            value={scope}
            onChange={({ value }) => setScope(value)}
          />
        </Field>
        <Field noMargin label={t('pause.direction', 'Direction')}>
          <RadioButtonGroup<PauseDirection>
            aria-label={t('pause.direction', 'Direction')}
            options={[
              { value: 'both', label: t('pause.both', 'Both') },
              { value: 'out', label: t('pause.out', 'Raising') },
              { value: 'in', label: t('pause.in', 'Lowering') },
            ]}
            value={direction}
            onChange={setDirection}
          />
        </Field>
        <Text color="secondary">{directionMeaning(direction)}</Text>
        <Field noMargin label={t('pause.reason', 'Reason')}>
          <Input
            id="headroom-pause-reason"
            maxLength={REASON_LENGTH}
            placeholder={t('pause.reasonExample', 'incident 7')}
            value={reason}
            onChange={(event) => setReason(event.currentTarget.value)}
          />
        </Field>
        <ClickFailure click={click} />
      </Stack>
      <Modal.ButtonRow>
        <Button variant="secondary" onClick={onClose}>
          {t('pause.cancel', 'Cancel')}
        </Button>
        <ActionButton
          permission={PERMISSIONS.propose}
          blocked={click.kind === 'running' ? t('approve.running', 'It is being done') : null}
          icon="pause"
          testId={testIds.acting.pause}
          onClick={() => press({ scope, direction, reason: reason.trim() })}
        >
          {t('pause.press', 'Pause')}
        </ActionButton>
      </Modal.ButtonRow>
    </Modal>
  );
}

function directionMeaning(direction: PauseDirection): string {
  switch (direction) {
    case 'both':
      return t('pause.bothMeaning', 'Nothing is raised or lowered, and what Headroom holds goes back to its owner.');
    case 'out':
      return t('pause.outMeaning', 'Nothing is raised. What is held stands, and may be lowered.');
    case 'in':
      return t('pause.inMeaning', 'Nothing is lowered. What is needed may still be raised.');
  }
}
