import React, { useState } from 'react';
import { Field, RadioButtonGroup } from '@grafana/ui';
import { ChangeModal } from '../../acting/ChangeModal';
import { promoteModel, rollBackModel, trainModel, type ModelVersion } from '../../sidecar/modelRoles';
import { PERMISSIONS } from '../../sidecar/permissions';
import { testIds } from '../../testIds';
import { t } from '../../translations';
import { versionName } from './versionName';

/** What somebody is about to do with a model of a workload. */
export type Asked =
  | { readonly kind: 'retrain'; readonly name: string }
  | { readonly kind: 'promote'; readonly name: string; readonly version: ModelVersion; readonly champion: string }
  | { readonly kind: 'rollBack'; readonly name: string; readonly lastGood: string; readonly champion: string };

interface RoleDialogsProps {
  readonly workload: string;
  readonly asked: Asked;
  readonly onDone: () => void;
  readonly onClose: () => void;
}

const MINUTES = [1, 4, 15] as const;

/** The question before a model is trained, put in charge or taken out of it. */
export function RoleDialogs({ workload, asked, onDone, onClose }: RoleDialogsProps) {
  const [minutes, setMinutes] = useState<number>(MINUTES[0]);
  const shared = { permission: PERMISSIONS.admin, testId: testIds.models.confirm, onDone, onClose };
  const { name } = asked;
  switch (asked.kind) {
    case 'retrain':
      return (
        <ChangeModal
          {...shared}
          title={t('models.retrain.title', 'Retrain {{name}} on {{workload}}', { name, workload })}
          meaning={[
            t(
              'models.retrain.happens',
              'It is trained on the history of {{workload}} in a thread of low priority. Nothing that is served changes now: where it forecasts better it goes on trial beside the champion.',
              { workload }
            ),
            t('models.retrain.undo', 'It can be cancelled while it runs, and what comes of it can be rolled back.'),
          ]}
          press={t('models.retrain.press', 'Retrain')}
          isReasonNeeded={false}
          act={() => trainModel(name, workload, minutes)}
        >
          <Field noMargin label={t('models.retrain.minutes', 'Minutes of one core')}>
            <RadioButtonGroup<number>
              aria-label={t('models.retrain.minutes', 'Minutes of one core')}
              options={MINUTES.map((value) => ({ value, label: String(value) }))}
              value={minutes}
              onChange={setMinutes}
            />
          </Field>
        </ChangeModal>
      );
    case 'promote':
      return (
        <ChangeModal
          {...shared}
          title={t('models.promote.title', 'Put {{version}} of {{name}} in charge of {{workload}}', {
            version: versionName(asked.version),
            name,
            workload,
          })}
          meaning={[
            t('models.promote.happens', 'From the next forecast on {{version}} is served in place of {{champion}}.', {
              version: versionName(asked.version),
              champion: asked.champion,
            }),
            t(
              'models.promote.undo',
              '{{champion}} stays on disk as the last good one: Roll back puts it in charge again in one step. For 28 days both are compared, the new one on a leash, and if the old one is better it comes back by itself.',
              { champion: asked.champion }
            ),
          ]}
          press={t('models.promote.press', 'Promote')}
          act={(reason) => promoteModel({ name, workload, reason }, asked.version)}
        />
      );
    case 'rollBack':
      return (
        <ChangeModal
          {...shared}
          title={t('models.rollBack.title', 'Roll {{name}} back on {{workload}}', { name, workload })}
          meaning={[
            t(
              'models.rollBack.happens',
              'From the next forecast on {{lastGood}} is served again, and {{champion}} is benched.',
              {
                lastGood: asked.lastGood,
                champion: asked.champion,
              }
            ),
            t('models.rollBack.undo', 'It can be undone: a benched version can be promoted again.'),
          ]}
          press={t('models.rollBack.press', 'Roll back')}
          isDestructive
          act={(reason) => rollBackModel({ name, workload, reason })}
        />
      );
  }
}
