import React from 'react';
import { Button, Modal, Stack, Text } from '@grafana/ui';
import type { Recommendation } from '../../contract/recommendation.ts';
import { rollBack } from '../sidecar/answers';
import { PERMISSIONS } from '../sidecar/permissions';
import { useClick } from '../sidecar/useClick';
import { testIds } from '../testIds';
import { t } from '../translations';
import { ActionButton } from './ActionButton';
import { ClickFailure } from './ClickFailure';
import { DecisionResult } from './DecisionResult';

interface RollBackModalProps {
  readonly recommendation: Pick<Recommendation, 'id' | 'workload'>;
  readonly onChanged: () => void;
  readonly onClose: () => void;
}

/** Puts back what stood before a recommendation was carried out. */
export function RollBackModal({ recommendation: { id, workload }, onChanged, onClose }: RollBackModalProps) {
  const { click, press } = useClick((of: string, key) => rollBack(of, key), onChanged);
  return (
    <Modal isOpen title={t('rollBack.title', 'Roll back: {{workload}}', { workload })} onDismiss={onClose}>
      <Stack direction="column" gap={2}>
        {click.kind === 'done' ? (
          <DecisionResult decision={click.value.decision} />
        ) : (
          <Text>
            {t(
              'rollBack.meaning',
              'The floor goes back to what stood before, its plan ends, and nothing is tried for half an hour. It is refused while the SLO is violated.'
            )}
          </Text>
        )}
        <ClickFailure click={click} />
      </Stack>
      <Modal.ButtonRow>
        <Button variant="secondary" onClick={onClose}>
          {click.kind === 'done' ? t('rollBack.close', 'Close') : t('rollBack.cancel', 'Cancel')}
        </Button>
        {click.kind !== 'done' && (
          <ActionButton
            permission={PERMISSIONS.approve}
            blocked={click.kind === 'running' ? t('approve.running', 'It is being done') : null}
            variant="destructive"
            icon="history"
            testId={testIds.acting.rollBack}
            onClick={() => press(id)}
          >
            {t('rollBack.press', 'Roll back')}
          </ActionButton>
        )}
      </Modal.ButtonRow>
    </Modal>
  );
}
