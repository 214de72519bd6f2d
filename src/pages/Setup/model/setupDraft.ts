import type { WorkloadEntry } from '../../../../contract/workloadsFile.ts';

/** A query's text, or the query model of a Grafana data source. */
export type QueryValue = string | Readonly<Record<string, unknown>>;

/** A workload as its form stands, numbers still as they were typed. */
export interface SetupDraft {
  readonly name: string;
  /** Whether a person gave the name; until then it follows the query. */
  readonly isNamed: boolean;
  readonly source: string;
  readonly activity: string;
  readonly query: QueryValue;
  readonly unit: string;
  readonly step: string;
  readonly replicas: QueryValue;
  readonly perReplica: string;
  readonly isPerReplicaLearnt: boolean;
  readonly latencySeconds: string;
  readonly objective: string;
  readonly leadTime: string;
  readonly replicaHour: string;
  readonly violationMinute: string;
  readonly currency: string;
  /** What it was made from; what the form does not show stays as it was. */
  readonly base: WorkloadEntry | null;
}

export const EMPTY_DRAFT: SetupDraft = {
  name: '',
  isNamed: false,
  source: '',
  activity: 'requests',
  query: '',
  unit: '',
  step: '5m',
  replicas: '',
  perReplica: '',
  isPerReplicaLearnt: false,
  latencySeconds: '',
  objective: '',
  leadTime: '',
  replicaHour: '',
  violationMinute: '',
  currency: '',
  base: null,
};

/** The form of a workload as it is declared. */
export function draftOf(entry: WorkloadEntry): SetupDraft {
  const [demand] = Object.entries(entry.activity ?? {});
  const { capacity, slo, scaling, cost, forecast } = entry;
  const isPerReplicaLearnt = capacity?.perReplica === 'auto';
  return {
    name: entry.name,
    isNamed: true,
    source: entry.source ?? '',
    activity: demand?.[0] ?? EMPTY_DRAFT.activity,
    query: demand?.[1].query ?? '',
    unit: demand?.[1].unit ?? '',
    step: forecast?.step ?? EMPTY_DRAFT.step,
    replicas: capacity?.replicas?.query ?? '',
    perReplica: isPerReplicaLearnt ? '' : textOf(capacity?.perReplica),
    isPerReplicaLearnt,
    latencySeconds: textOf(slo?.latencySeconds),
    objective: textOf(slo?.objective),
    leadTime: scaling?.leadTime ?? '',
    replicaHour: textOf(cost?.replicaHour),
    violationMinute: textOf(cost?.violationMinute),
    currency: cost?.currency ?? '',
    base: entry,
  };
}

function textOf(value: string | number | undefined): string {
  return value === undefined ? '' : String(value);
}
