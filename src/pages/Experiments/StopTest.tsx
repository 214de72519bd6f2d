import React, { useState } from 'react';
import type { Experiment } from '../../../contract/experiments.ts';
import { ActionButton } from '../../acting/ActionButton';
import { ChangeModal } from '../../acting/ChangeModal';
import { stopExperiment } from '../../sidecar/experiments';
import { PERMISSIONS } from '../../sidecar/permissions';
import { testIds } from '../../testIds';
import { t } from '../../translations';

interface StopTestProps {
  readonly experiment: Experiment;
  readonly onChanged: () => void;
}

/** The click that stops a test, after what that means is said; nothing where it is over. */
export function StopTest({ experiment: { id, state, workload }, onChanged }: StopTestProps) {
  const [isAsked, setIsAsked] = useState(false);
  if (state !== 'running') {
    return null;
  }
  return (
    <>
      <ActionButton
        permission={PERMISSIONS.propose}
        variant="destructive"
        icon="square-shape"
        testId={testIds.experiments.stop}
        onClick={() => setIsAsked(true)}
      >
        {t('experiments.stop', 'Stop the test')}
      </ActionButton>
      {isAsked && (
        <ChangeModal
          title={t('experiments.stopTitle', 'Stop the test on {{workload}}?', { workload })}
          meaning={[
            t('experiments.stopHappens', 'What is declared is in force at once. What was measured is kept.'),
            t('experiments.stopUndo', 'It cannot go on afterwards; a new test can be started.'),
          ]}
          press={t('experiments.stop', 'Stop the test')}
          permission={PERMISSIONS.propose}
          isDestructive
          testId={testIds.experiments.confirm}
          act={(reason) => stopExperiment(id, reason)}
          onDone={onChanged}
          onClose={() => setIsAsked(false)}
        />
      )}
    </>
  );
}
