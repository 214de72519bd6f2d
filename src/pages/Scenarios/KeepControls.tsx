import React, { useState } from 'react';
import { Alert, Button, ConfirmModal, Stack } from '@grafana/ui';
import type { Scenario } from '../../../contract/scenario.ts';
import { isAllowed } from '../../sidecar/isAllowed';
import { PERMISSIONS } from '../../sidecar/permissions';
import { deleteScenario, saveScenario } from '../../sidecar/storedScenarios';
import { useClick } from '../../sidecar/useClick';
import { FailureNotice } from '../../states/FailureNotice';
import { testIds } from '../../testIds';
import { t } from '../../translations';
import type { ShownScenario } from './useScenariosQuestion';

interface KeepControlsProps {
  readonly shown: ShownScenario;
  /** Something was saved, deleted or brought back; what is kept is to be read again. */
  readonly onKept: (scenario: Scenario) => void;
}

/** Saves the scenario under its name, deletes it, and takes that back. */
export function KeepControls({ shown: { scenario, kept, isChanged }, onKept }: KeepControlsProps) {
  const [isAsking, setIsAsking] = useState(false);
  const isShipped = kept?.origin === 'built-in';
  const saving = useClick(
    (next: Scenario) => saveScenario(next, kept === null ? 'new' : { version: kept.version }),
    (detail) => onKept(detail.scenario)
  );
  const deleting = useClick(
    async ({ name, version }: { readonly name: string; readonly version: number }) => {
      const before = scenario;
      await deleteScenario(name, version);
      return before;
    },
    (before) => onKept(before)
  );
  const undoing = useClick(
    (before: Scenario) => saveScenario(before, 'new'),
    (detail) => {
      deleting.reset();
      onKept(detail.scenario);
    }
  );
  if (!isAllowed(PERMISSIONS.propose)) {
    return null;
  }
  const failed = [saving, deleting, undoing].find(({ click }) => click.kind === 'failed');
  const failure = failed?.click.kind === 'failed' ? failed.click.failure : null;
  const deleted = deleting.click.kind === 'done' ? deleting.click.value : null;
  return (
    <Stack direction="column" gap={1} data-testid={testIds.scenarios.keep}>
      <Stack direction="row" gap={1} wrap="wrap">
        <Button
          size="sm"
          variant={isChanged && !isShipped ? 'primary' : 'secondary'}
          icon="save"
          disabled={!isChanged || isShipped || scenario.interventions.length === 0 || saving.click.kind === 'running'}
          tooltip={
            isShipped && isChanged
              ? t('scenarios.save.shipped', '{{name}} ships with Headroom: give yours another name', {
                  name: scenario.name,
                })
              : undefined
          }
          onClick={() => saving.press(scenario)}
        >
          {kept === null ? t('scenarios.save.new', 'Save') : t('scenarios.save.version', 'Save changes')}
        </Button>
        {kept?.origin === 'stored' && (
          <Button size="sm" variant="secondary" fill="text" icon="trash-alt" onClick={() => setIsAsking(true)}>
            {t('scenarios.delete.button', 'Delete')}
          </Button>
        )}
      </Stack>
      {failure !== null && <FailureNotice failure={failure} onRetry={() => failed?.reset()} />}
      {deleted !== null && (
        <Alert
          severity="info"
          title={t('scenarios.delete.done', '{{name}} is deleted', { name: deleted.name })}
          onRemove={deleting.reset}
        >
          <Button size="sm" variant="secondary" icon="history" onClick={() => undoing.press(deleted)}>
            {t('scenarios.delete.undo', 'Undo')}
          </Button>
        </Alert>
      )}
      <ConfirmModal
        isOpen={isAsking}
        title={t('scenarios.delete.title', 'Delete {{name}}?', { name: scenario.name })}
        body={t(
          'scenarios.delete.body',
          'It is taken out of use for everybody. Its versions are kept, and you can undo it.'
        )}
        confirmText={t('scenarios.delete.confirm', 'Delete')}
        onConfirm={() => {
          setIsAsking(false);
          if (kept !== null) {
            deleting.press({ name: kept.name, version: kept.version });
          }
        }}
        onDismiss={() => setIsAsking(false)}
      />
    </Stack>
  );
}
