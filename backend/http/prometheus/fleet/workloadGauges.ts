import type { Expectation } from '../../../../contract/index.ts';
import type { WorkloadView } from '../../../control/index.ts';
import { learningGauges } from './learningGauges.ts';

/** What is told of each workload beside its forecasts, on `/metrics` and in queries: present values only. */
export const WORKLOAD_METRICS = {
  headroom_workload_last_success_timestamp_seconds:
    'When the workload last had a new forecast; source: where its demand is read from',
  headroom_workload_health: '1 for the state in which the workload is: ok, stale, failing or starting',
  headroom_workload_warnings: 'Warnings that stand at the workload and its outlook',
  headroom_workload_drift:
    'How far series are off the course their forecasts take them for, over what noise does; 1: none is',
  headroom_workload_drift_kind:
    'Which change was found in a series, 1 for what holds: steady, levelShift, sensorFreeze ...',
  headroom_workload_replicas: 'Ready replicas as last measured',
  headroom_workload_recommendation: '1 for the action that is recommended: raise, lower or hold',
  headroom_workload_mode: '1 for the mode in force: observe, approve or auto',
  headroom_workload_paused: '1 where scaling in this direction is paused: out or in',
  headroom_workload_target_up: 'Whether the target could be read and changed of late',
  headroom_workload_floor:
    'Replicas that the target may not go below; kind="set": as it stands, "original": its owner\'s',
  headroom_workload_floor_held: 'Whether Headroom holds the floor',
  headroom_workload_decision: '1 for what was decided last about the target, with the code of its first reason',
  headroom_workload_last_action_timestamp_seconds:
    'When the target was last changed, or was to be: by whom, and how it ended',
  headroom_workload_plan_cost:
    'Expected cost over the horizon; plan="proposed": as recommended, "current": with the replicas of now',
  headroom_workload_plan_shortfall_probability: 'Probability of at least one shortfall within the horizon, by plan',
  headroom_workload_plan_shortfall_seconds: 'Expected duration of shortfalls within the horizon, by plan',
  headroom_workload_champion_since_timestamp_seconds: 'When the version of a learnt model came into charge',
  headroom_workload_benched_timestamp_seconds: 'When a version of a learnt model was last benched: it gave nonsense',
  headroom_workload_challengers: 'Versions of learnt models on trial',
  headroom_workload_trial_e_value: 'Evidence that a version on trial is better; 20 decides',
  headroom_workload_training_failures: 'Trainings of a learnt model that failed in a row',
} as const satisfies Readonly<Record<string, string>>;

export type WorkloadGaugeName = keyof typeof WORKLOAD_METRICS;

/** A value of the present; `labels` beside those of its workload. */
export interface WorkloadSample {
  readonly labels?: Readonly<Record<string, string>>;
  readonly value: number;
}

export const WORKLOAD_GAUGE_NAMES = Object.keys(WORKLOAD_METRICS) as readonly WorkloadGaugeName[];
/** Replicas that were measured longer ago than this are not those of now. */
const REPLICA_STEPS = 3;

/** The values of one gauge; what is unknown is absent. */
export function workloadGauges(name: WorkloadGaugeName, view: WorkloadView): readonly WorkloadSample[] {
  const { config, health, drift, recommendation, scaling } = view;
  switch (name) {
    case 'headroom_workload_last_success_timestamp_seconds': {
      const demand = config.series.find((series) => series.name === config.demand) ?? config.series[0];
      return maybe(health.lastSuccessAt, demand === undefined ? {} : { source: demand.query.source });
    }
    case 'headroom_workload_health':
      return [{ labels: { state: health.state }, value: 1 }];
    case 'headroom_workload_warnings':
      return [{ value: new Set([...view.warnings, ...(view.outlook?.warnings ?? [])]).size }];
    case 'headroom_workload_drift':
      return maybe(drift);
    case 'headroom_workload_drift_kind':
      return [...(view.drifts ?? [])].flatMap(([resource, { kind }]) =>
        kind === 'unknown' ? [] : [{ labels: { resource, kind }, value: 1 }]
      );
    case 'headroom_workload_replicas':
      return maybe(view.replicas?.values.subarray(-REPLICA_STEPS).findLast((count) => !Number.isNaN(count)));
    case 'headroom_workload_recommendation':
      return recommendation === undefined ? [] : [{ labels: { action: recommendation.action }, value: 1 }];
    case 'headroom_workload_mode':
      return [{ labels: { mode: view.mode }, value: 1 }];
    case 'headroom_workload_paused':
      return scaling === undefined
        ? []
        : (['out', 'in'] as const).map((direction) => ({
            labels: { direction },
            value: Number(scaling.paused[direction]),
          }));
    case 'headroom_workload_target_up':
      return scaling === undefined ||
        !scaling.hasTarget ||
        (scaling.floor === undefined && scaling.problem === undefined)
        ? []
        : [{ value: Number(scaling.problem === undefined) }];
    case 'headroom_workload_floor':
      return Object.entries({ set: scaling?.floor?.set, original: scaling?.floor?.original }).flatMap(([kind, value]) =>
        maybe(value, { kind })
      );
    case 'headroom_workload_floor_held':
      return maybe(scaling?.floor && Number(scaling.floor.isHeld));
    case 'headroom_workload_decision':
      return scaling?.decision === undefined
        ? []
        : [{ labels: { decision: scaling.decision.kind, reason: scaling.decision.reason }, value: 1 }];
    case 'headroom_workload_last_action_timestamp_seconds':
      return lastAction(scaling);
    case 'headroom_workload_plan_cost':
      return plans(view, ({ cost }) => cost, { currency: recommendation?.currency ?? '' });
    case 'headroom_workload_plan_shortfall_probability':
      return plans(view, ({ shortfallProbability }) => shortfallProbability);
    case 'headroom_workload_plan_shortfall_seconds':
      return plans(view, ({ shortfallMinutes }) => shortfallMinutes * 60);
    case 'headroom_workload_champion_since_timestamp_seconds':
    case 'headroom_workload_benched_timestamp_seconds':
    case 'headroom_workload_challengers':
    case 'headroom_workload_trial_e_value':
    case 'headroom_workload_training_failures':
      return learningGauges(name, view.learning);
  }
}

function maybe(value: number | null | undefined, labels?: WorkloadSample['labels']): WorkloadSample[] {
  return value === null || value === undefined ? [] : [{ value, ...(labels === undefined ? {} : { labels }) }];
}

function lastAction(scaling: WorkloadView['scaling']): WorkloadSample[] {
  const { at, kind, by, outcome } = scaling?.lastAction ?? {};
  return kind === undefined || by === undefined || outcome === undefined
    ? []
    : maybe(at, { action: kind, by, outcome });
}

function plans(
  { recommendation }: WorkloadView,
  pick: (expected: Expectation) => number | null,
  labels: Readonly<Record<string, string>> = {}
): WorkloadSample[] {
  const { current = null, proposed = null } = recommendation?.expected ?? {};
  return Object.entries({ current, proposed }).flatMap(([plan, expected]) =>
    expected === null ? [] : maybe(pick(expected), { plan, ...labels })
  );
}
