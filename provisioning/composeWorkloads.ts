import { exportedName } from '../backend/commands/demoSeriesNames.ts';
import { demoWorkloads } from '../backend/sources/index.ts';
import type { WorkloadEntry, WorkloadsFile } from '../contract/index.ts';

const SOURCE = { name: 'prometheus', type: 'prometheus', url: 'http://prometheus:9090' } as const;

/** The demo fleet's workloads file with the Prometheus of the compose file as its source, instead of the demo itself. */
export function composeWorkloads(): WorkloadsFile {
  const { workloads } = demoWorkloads();
  return { sources: [SOURCE], workloads: workloads.map(fromPrometheus) };
}

function fromPrometheus(entry: WorkloadEntry): WorkloadEntry {
  const { activity, resources, capacity, slo } = entry;
  return {
    ...entry,
    source: SOURCE.name,
    ...(activity && { activity: mapValues(activity, mean) }),
    ...(resources && { resources: mapValues(resources, mean) }),
    ...(capacity?.replicas && { capacity: { ...capacity, replicas: latest(capacity.replicas) } }),
    ...(slo && {
      slo: {
        ...slo,
        ...(slo.latency && { latency: mean(slo.latency) }),
        ...(slo.errors && { errors: mean(slo.errors) }),
      },
    }),
  };
}

interface Asked {
  readonly query: string | Readonly<Record<string, unknown>>;
}

/** What was measured over the forecast's step, as a mean; over all series: the past has no labels of a scrape. */
function mean<T extends Asked>(part: T): T {
  return { ...part, query: `avg(avg_over_time(${selector(part)}[5m]))` };
}

/** A count as it is: half a replica serves nobody. */
function latest<T extends Asked>(part: T): T {
  return { ...part, query: `max(${selector(part)})` };
}

function selector({ query }: Asked): string {
  if (typeof query !== 'string') {
    throw new TypeError('the demo is asked by the names of its series');
  }
  const { metric, service } = exportedName(query);
  return `${metric}{service="${service}"}`;
}

function mapValues<T>(values: Readonly<Record<string, T>>, map: (value: T) => T): Record<string, T> {
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [name, map(value)]));
}
