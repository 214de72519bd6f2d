import type { LearningStand } from '../../../control/index.ts';
import type { NamedRoles } from '../../../learning/index.ts';
import type { WorkloadGaugeName, WorkloadSample } from './workloadGauges.ts';

/** An e-value that no number can hold any more is as large as one can be. */
const LARGEST_LOG = 700;

/** The gauges of a workload's learnt models; none where none has a role. */
export function learningGauges(
  name: WorkloadGaugeName,
  learning: LearningStand | undefined
): readonly WorkloadSample[] {
  if (learning === undefined) {
    return [];
  }
  const models = [...learning.models];
  switch (name) {
    case 'headroom_workload_champion_since_timestamp_seconds':
      return models.flatMap(([model, { champion }]) =>
        champion === null ? [] : [{ labels: labelsOf(model, champion), value: champion.atSeconds }]
      );
    case 'headroom_workload_benched_timestamp_seconds':
      return models.flatMap(([model, own]) => lastBenched(model, own));
    case 'headroom_workload_challengers':
      return [{ value: models.filter(([, { challenger }]) => challenger !== null).length }];
    case 'headroom_workload_trial_e_value':
      return learning.trials
        .filter(({ kind, isOver }) => kind === 'challenger' && !isOver)
        .map((trial) => ({
          labels: labelsOf(trial.name, trial.version),
          value: Math.exp(Math.min(LARGEST_LOG, trial.state.better.logWealth, trial.state.tail.betting.logWealth)),
        }));
    case 'headroom_workload_training_failures':
      return [...learning.training].map(([model, { failures }]) => ({ labels: { model }, value: failures }));
    default:
      return [];
  }
}

function lastBenched(model: string, { history }: NamedRoles): WorkloadSample[] {
  const event = history.find(({ what }) => what === 'benched');
  return event === undefined ? [] : [{ labels: labelsOf(model, event), value: event.atSeconds }];
}

function labelsOf(model: string, { origin, version }: { readonly origin: string; readonly version: string }) {
  return { model, origin, version };
}
