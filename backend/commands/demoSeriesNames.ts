import type { WorkloadEntry } from '../../contract/index.ts';
import { demoWorkloads } from '../sources/index.ts';
import { DEMO_METRICS } from './demoExposition.ts';

export interface DemoSeriesName {
  /** The demo source's query: `checkout.requests`. */
  readonly query: string;
  readonly service: string;
  /** The exporter's metric: `demo_requests_per_second`. */
  readonly metric: string;
}

/** Every series that the demo fleet's workloads ask their source for, with its name in the exporter. */
export function demoSeriesNames(): DemoSeriesName[] {
  const queries = demoWorkloads().workloads.flatMap(queriesOf);
  return [...new Set(queries)].map((query) => ({ query, ...exportedName(query) }));
}

/** How the exporter names a series of the demo source. */
export function exportedName(query: string): { readonly service: string; readonly metric: string } {
  const dot = query.lastIndexOf('.');
  const metric = DEMO_METRICS[query.slice(dot + 1)];
  if (metric === undefined) {
    throw new Error(`the demo exporter has no metric for ${query}: add it to DEMO_METRICS`);
  }
  return { service: query.slice(0, dot), metric: metric.name };
}

function queriesOf({ activity, resources, capacity, slo }: WorkloadEntry): string[] {
  const parts = [
    ...Object.values(activity ?? {}),
    ...Object.values(resources ?? {}),
    capacity?.replicas,
    slo?.latency,
    slo?.errors,
  ];
  return parts.flatMap((part) => (typeof part?.query === 'string' ? [part.query] : []));
}
