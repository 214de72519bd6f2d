import React, { useState } from 'react';
import { Button, Field, Modal, Stack, Text, TextArea } from '@grafana/ui';
import { PERMISSIONS } from '../sidecar/permissions';
import { testIds } from '../testIds';
import { t } from '../translations';
import { ActionButton } from './ActionButton';

interface DismissModalProps {
  /** What it is said no to. */
  readonly subject: string;
  readonly isRunning: boolean;
  /** What stands between the text and the buttons: why it failed. */
  readonly children?: React.ReactNode;
  readonly onDismiss: (reason: string) => void;
  readonly onClose: () => void;
}

const REASON_LENGTH = 500;

/** Says no, with a reason for those who read the audit. */
export function DismissModal({ subject, isRunning, children, onDismiss, onClose }: DismissModalProps) {
  const [reason, setReason] = useState('');
  return (
    <Modal isOpen title={t('dismiss.title', 'Dismiss: {{subject}}', { subject })} onDismiss={onClose}>
      <Stack direction="column" gap={2}>
        <Text>{t('dismiss.meaning', 'The same advice is not given again before it expires.')}</Text>
        <Field
          noMargin
          label={t('dismiss.reason', 'Reason')}
          description={t('dismiss.reasonDescription', 'Kept in the audit beside your name.')}
        >
          <TextArea
            autoFocus
            id="headroom-dismiss-reason"
            data-testid={testIds.acting.reason}
            rows={3}
            maxLength={REASON_LENGTH}
            value={reason}
            onChange={(event) => setReason(event.currentTarget.value)}
          />
        </Field>
        {children}
      </Stack>
      <Modal.ButtonRow>
        <Button variant="secondary" onClick={onClose}>
          {t('dismiss.cancel', 'Cancel')}
        </Button>
        <ActionButton
          permission={PERMISSIONS.propose}
          blocked={isRunning ? t('approve.running', 'It is being done') : null}
          variant="destructive"
          testId={testIds.acting.dismiss}
          onClick={() => onDismiss(reason.trim())}
        >
          {t('dismiss.press', 'Dismiss')}
        </ActionButton>
      </Modal.ButtonRow>
    </Modal>
  );
}
