import { setImmediate } from 'node:timers/promises';
import type { FleetView } from '../../../control/index.ts';
import {
  WORKLOAD_GAUGE_NAMES,
  WORKLOAD_METRICS,
  workloadGauges,
  type WorkloadGaugeName,
} from '../fleet/workloadGauges.ts';
import { workloadLabels } from '../fleet/workloadLabels.ts';

const WORK_MS = 10;

/**
 * The workloads' metrics in Prometheus' text format; what is unknown is absent. Takes a breath after each few
 * milliseconds.
 */
export async function workloadMetrics(fleet: FleetView): Promise<string> {
  const blocks = new Map<WorkloadGaugeName, string[]>();
  let rested = performance.now();
  for (const view of fleet.workloads()) {
    const own = labelText(workloadLabels(view));
    for (const name of WORKLOAD_GAUGE_NAMES) {
      for (const { labels, value } of workloadGauges(name, view)) {
        const lines = blocks.get(name) ?? [`# HELP ${name} ${WORKLOAD_METRICS[name]}`, `# TYPE ${name} gauge`];
        lines.push(`${name}{${[own, labelText(labels ?? {})].filter(Boolean).join(',')}} ${String(value)}`);
        blocks.set(name, lines);
      }
    }
    if (performance.now() - rested > WORK_MS) {
      await setImmediate();
      rested = performance.now();
    }
  }
  return WORKLOAD_GAUGE_NAMES.flatMap((name) => blocks.get(name)?.join('\n') ?? [])
    .map((block) => `${block}\n`)
    .join('\n');
}

function labelText(labels: Readonly<Record<string, string>>): string {
  return Object.entries(labels)
    .map(([name, value]) => `${name}="${value.replace(/[\\"\n]/g, (char) => ESCAPED[char] ?? char)}"`)
    .join(',');
}

const ESCAPED: Readonly<Record<string, string>> = { '\\': '\\\\', '"': '\\"', '\n': '\\n' };
