import { DEMO_METRICS } from '../backend/commands/demoExposition.ts';
import {
  createSidecarMetrics,
  FLEET_METRIC_NAMES,
  horizonName,
  WORKLOAD_METRICS,
} from '../backend/http/prometheus/index.ts';

export interface PublishedMetrics {
  /** What the sidecar's Prometheus API has, in the past and in the future. */
  readonly api: ReadonlySet<string>;
  /** What its `/metrics` has: its own health, and the fleet at the horizons. */
  readonly scraped: ReadonlySet<string>;
  /** What the demo exporter has, and what Prometheus adds to every scrape. */
  readonly demo: ReadonlySet<string>;
}

/** Every metric that an expression of the provisioned files can find, from the code that publishes it. */
export function publishedMetrics(): PublishedMetrics {
  const own = createSidecarMetrics('0').registry.getMetricsAsArray();
  return {
    api: new Set(FLEET_METRIC_NAMES),
    scraped: new Set([
      ...own.flatMap(({ name }) => [name, ...PARTS.map((part) => name + part)]),
      ...FLEET_METRIC_NAMES.map(horizonName),
      ...Object.keys(WORKLOAD_METRICS),
    ]),
    demo: new Set([...Object.values(DEMO_METRICS).map(({ name }) => name), 'up']),
  };
}

/** What a histogram is scraped as. */
const PARTS = ['_bucket', '_sum', '_count'];
