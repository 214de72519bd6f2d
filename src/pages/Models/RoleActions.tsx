import React from 'react';
import { Stack } from '@grafana/ui';
import { ActionButton } from '../../acting/ActionButton';
import { PERMISSIONS } from '../../sidecar/permissions';
import { testIds } from '../../testIds';
import { t } from '../../translations';
import type { Asked } from './RoleDialogs';
import type { Standing } from './RolesTable';
import { versionName } from './versionName';

interface RoleActionsProps {
  /** Of the model. */
  readonly name: string;
  readonly isTraining: boolean;
  readonly championName: string;
  readonly challenger: Standing | null;
  readonly lastGood: Standing | null;
  readonly onAsk: (asked: Asked) => void;
  readonly onPromote: (standing: Standing) => void;
}

/** Retrain, promote and roll back: each asks before it does anything. */
export function RoleActions(props: RoleActionsProps) {
  const { name, isTraining, championName, challenger, lastGood, onAsk, onPromote } = props;
  return (
    <Stack direction="row" gap={1} wrap="wrap">
      <ActionButton
        permission={PERMISSIONS.admin}
        blocked={isTraining ? t('models.retrain.runs', 'A model of this workload is being trained now') : null}
        variant="secondary"
        size="sm"
        icon="sync"
        label={t('models.retrain.label', 'Retrain {{name}}', { name })}
        testId={testIds.models.retrain(name)}
        onClick={() => onAsk({ kind: 'retrain', name })}
      >
        {t('models.retrain.press', 'Retrain')}
      </ActionButton>
      <ActionButton
        permission={PERMISSIONS.admin}
        blocked={challenger === null ? t('models.promote.nobody', 'Nobody is on trial') : null}
        variant="secondary"
        size="sm"
        icon="arrow-up"
        label={t('models.promote.label', 'Promote the challenger of {{name}}', { name })}
        testId={testIds.models.promote(name)}
        onClick={() => challenger !== null && onPromote(challenger)}
      >
        {t('models.promote.press', 'Promote')}
      </ActionButton>
      <ActionButton
        permission={PERMISSIONS.admin}
        blocked={lastGood === null ? t('models.rollBack.nobody', 'Nobody was in charge before') : null}
        variant="secondary"
        size="sm"
        icon="history"
        label={t('models.rollBack.label', 'Roll {{name}} back', { name })}
        testId={testIds.models.rollBack(name)}
        onClick={() =>
          lastGood !== null &&
          onAsk({ kind: 'rollBack', name, lastGood: versionName(lastGood), champion: championName })
        }
      >
        {t('models.rollBack.press', 'Roll back')}
      </ActionButton>
    </Stack>
  );
}
