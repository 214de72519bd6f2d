import React, { useState, type ReactNode } from 'react';
import { Button, Field, Input, Modal, Stack, Text } from '@grafana/ui';
import { ActionButton } from './ActionButton';
import { ClickFailure } from './ClickFailure';
import type { Permission } from '../sidecar/permissions';
import { useClick } from '../sidecar/useClick';
import { t } from '../translations';

interface ChangeModalProps<T> {
  readonly title: string;
  /** What will happen, and how it is undone. */
  readonly meaning: readonly string[];
  readonly press: string;
  readonly permission: Permission;
  readonly isDestructive?: boolean;
  readonly testId: string;
  readonly isReasonNeeded?: boolean;
  readonly act: (reason: string) => Promise<T>;
  readonly onDone: (value: T) => void;
  readonly onClose: () => void;
  readonly children?: ReactNode;
}

const REASON_LENGTH = 500;

/** Asks before something is changed: says what will happen and how to undo it, and wants to know why. */
export function ChangeModal<T>(props: ChangeModalProps<T>) {
  const { title, meaning, press: pressText, permission, isDestructive = false, testId, isReasonNeeded = true } = props;
  const [reason, setReason] = useState('');
  const { click, press } = useClick(
    (why: string) => props.act(why),
    (value: T) => {
      props.onDone(value);
      props.onClose();
    }
  );
  const blocked =
    click.kind === 'running'
      ? t('approve.running', 'It is being done')
      : isReasonNeeded && reason.trim() === ''
        ? t('change.reasonFirst', 'Say why first')
        : null;
  return (
    <Modal isOpen title={title} onDismiss={props.onClose}>
      <Stack direction="column" gap={2}>
        {meaning.map((sentence) => (
          <Text key={sentence}>{sentence}</Text>
        ))}
        {props.children}
        {isReasonNeeded && (
          <Field
            noMargin
            label={t('change.reason', 'Reason')}
            description={t('change.reasonKept', 'It is kept in the audit.')}
          >
            <Input
              autoFocus
              id="headroom-change-reason"
              maxLength={REASON_LENGTH}
              value={reason}
              onChange={(event) => setReason(event.currentTarget.value)}
            />
          </Field>
        )}
        <ClickFailure click={click} />
      </Stack>
      <Modal.ButtonRow>
        <Button variant="secondary" onClick={props.onClose}>
          {t('change.cancel', 'Cancel')}
        </Button>
        <ActionButton
          permission={permission}
          blocked={blocked}
          variant={isDestructive ? 'destructive' : 'primary'}
          testId={testId}
          onClick={() => press(reason.trim())}
        >
          {pressText}
        </ActionButton>
      </Modal.ButtonRow>
    </Modal>
  );
}
