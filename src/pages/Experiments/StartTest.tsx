import React, { useState } from 'react';
import { useNavigate } from 'react-router-dom';
import type { ExperimentPlanRequest, TriedSetting } from '../../../contract/experiments.ts';
import { ActionButton } from '../../acting/ActionButton';
import { ChangeModal } from '../../acting/ChangeModal';
import { experimentUrl } from '../../routes';
import { startExperiment } from '../../sidecar/experiments';
import { PERMISSIONS } from '../../sidecar/permissions';
import { testIds } from '../../testIds';
import { t } from '../../translations';
import { armName } from './experimentNames';

interface StartTestProps {
  readonly design: ExperimentPlanRequest;
  /** What is tried; null where something is missing. */
  readonly b: TriedSetting | null;
  /** The share of a window in violation that ends the test; null where it is none. */
  readonly guard: number | null;
  /** As typed. */
  readonly days: string;
  /** Why it cannot begin; null where it can. */
  readonly blocked: string | null;
}

/** The click that starts a test, after what that means is said and a reason given. */
export function StartTest({ design, b, guard, days, blocked }: StartTestProps) {
  const navigate = useNavigate();
  const [isAsked, setIsAsked] = useState(false);
  const { workload } = design;
  return (
    <>
      <div>
        <ActionButton
          permission={PERMISSIONS.scale}
          blocked={blocked}
          icon="play"
          testId={testIds.experiments.start}
          onClick={() => setIsAsked(true)}
        >
          {t('experiments.start', 'Start the test')}
        </ActionButton>
      </div>
      {isAsked && b !== null && guard !== null && (
        <ChangeModal
          title={t('experiments.startTitle', 'Start a test on {{workload}}?', { workload })}
          meaning={[
            t(
              'experiments.startHappens',
              'From the next window on {{workload}} alternates between what is declared (a) and b: {{tried}}, for {{days}} days at the latest. Every guardrail holds as ever.',
              {
                workload,
                tried: armName(b),
                days,
              }
            ),
            t(
              'experiments.startUndo',
              'It can be stopped at any time, and then what is declared is in force at once. It stops by itself for harm and when a difference is found.'
            ),
          ]}
          press={t('experiments.start', 'Start the test')}
          permission={PERMISSIONS.scale}
          testId={testIds.experiments.confirm}
          act={(reason) => startExperiment({ ...design, b, guard: { violationShare: guard }, reason })}
          onDone={({ id }) => navigate(experimentUrl(id))}
          onClose={() => setIsAsked(false)}
        />
      )}
    </>
  );
}
