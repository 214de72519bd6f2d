import React, { useState } from 'react';
import { Alert, Button, ConfirmModal, LinkButton, Stack, Text } from '@grafana/ui';
import { useNavigate } from 'react-router-dom';
import type { WorkloadEntry } from '../../../contract/workloadsFile.ts';
import { ActionButton } from '../../acting/ActionButton';
import { ClickFailure } from '../../acting/ClickFailure';
import { overviewUrl, workloadUrl } from '../../routes';
import { deleteWorkload, saveWorkload } from '../../sidecar/declaredWorkloads';
import { PERMISSIONS } from '../../sidecar/permissions';
import { useClick } from '../../sidecar/useClick';
import { testIds } from '../../testIds';
import { t } from '../../translations';

interface DeleteWorkloadProps {
  readonly definition: WorkloadEntry;
  readonly version: number;
  readonly isGone: boolean;
  readonly onGone: () => void;
}

/** Forgets a workload after a question, and puts its declaration back where that was a mistake. */
export function DeleteWorkload({ definition, version, isGone, onGone }: DeleteWorkloadProps) {
  const { name } = definition;
  const navigate = useNavigate();
  const [isOpen, setOpen] = useState(false);
  const remove = useClick(
    () => deleteWorkload(name, version),
    () => onGone()
  );
  const undo = useClick(
    () => saveWorkload(definition, 'new'),
    ({ summary }) => navigate(workloadUrl(summary.name))
  );
  if (isGone) {
    return (
      <Alert
        severity="success"
        title={t('setup.deleted', '{{name}} is deleted', { name })}
        data-testid={testIds.setup.deleted}
      >
        <Stack direction="column" gap={1} alignItems="flex-start">
          <Text>
            {t('setup.deletedMeaning', 'Undo declares it again as it was; its forecasts begin anew from its history.')}
          </Text>
          <ClickFailure click={undo.click} />
          <Stack direction="row" gap={1}>
            <Button
              type="button"
              variant="secondary"
              data-testid={testIds.setup.undo}
              disabled={undo.click.kind === 'running'}
              onClick={() => undo.press(undefined)}
            >
              {t('setup.undo', 'Undo')}
            </Button>
            <LinkButton href={overviewUrl()} fill="text">
              {t('setup.toOverview', 'To the overview')}
            </LinkButton>
          </Stack>
        </Stack>
      </Alert>
    );
  }
  return (
    <div>
      <ClickFailure click={remove.click} />
      <ActionButton
        permission={PERMISSIONS.admin}
        blocked={remove.click.kind === 'running' ? t('approve.running', 'It is being done') : null}
        variant="destructive"
        fill="outline"
        icon="trash-alt"
        testId={testIds.setup.delete}
        onClick={() => setOpen(true)}
      >
        {t('setup.delete', 'Delete workload')}
      </ActionButton>
      <ConfirmModal
        isOpen={isOpen}
        title={t('setup.deleteTitle', 'Delete {{name}}?', { name })}
        body={t(
          'setup.deleteMeaning',
          'Headroom forgets its forecasts, scores and recommendations and no longer acts on it. The audit keeps what was done.'
        )}
        confirmText={t('setup.deleteConfirm', 'Delete')}
        dismissText={t('dismiss.cancel', 'Cancel')}
        onConfirm={() => {
          setOpen(false);
          remove.press(undefined);
        }}
        onDismiss={() => setOpen(false)}
      />
    </div>
  );
}
