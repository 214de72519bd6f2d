import type { SourceEntry } from '../../contract/index.ts';
import type { HistorySource } from '../forecasting/index.ts';
import { CsvSource } from './csvSource.ts';
import { DemoSource } from './demo/demoSource.ts';
import { GrafanaSource } from './grafana/grafanaSource.ts';
import { PrometheusSource } from './prometheus/prometheusSource.ts';
import type { SourceDeps } from './sourceDeps.ts';

/** The source that an entry of the workloads file declares; it connects, and reads secrets and files, when first asked. */
export function createSource(entry: SourceEntry, deps: SourceDeps): HistorySource {
  switch (entry.type) {
    case 'prometheus':
      return new PrometheusSource(entry, deps);
    case 'grafana':
      return new GrafanaSource(entry, deps);
    case 'csv':
      return new CsvSource(entry, deps);
    case 'demo':
      return new DemoSource(entry, deps);
  }
}
