import { setImmediate } from 'node:timers/promises';
import { Gauge, Registry } from 'prom-client';
import type { FleetView } from '../../../control/index.ts';
import { evaluateInstant, parseExpression } from '../../../promql/index.ts';
import { FLEET_METRIC_NAMES, FLEET_METRICS, type FleetMetricName } from '../fleet/fleetMetrics.ts';
import { FleetSamples } from '../fleet/fleetSamples.ts';

/** How far ahead `headroom_horizon_...` looks, as on the wire, with its seconds. */
export const HORIZONS = { '0s': 0, '15m': 900, '1h': 3600, '6h': 21_600, '24h': 86_400 } as const;

/** How far planning looks, for capacity that must be bought. */
export const PLANNING_HORIZONS = { '1d': 86_400, '7d': 604_800, '30d': 2_592_000, '90d': 7_776_000 } as const;

/** Features tell of the past and the calendar; of the future only the clock is known, which everyone has. */
const PRESENT_ONLY: ReadonlySet<FleetMetricName> = new Set([
  'headroom_feature',
  'headroom_planning_actual',
  'headroom_scenario_weight',
  'headroom_slo_attainment',
]);
const PLANNED: ReadonlySet<FleetMetricName> = new Set([
  'headroom_planning_forecast',
  'headroom_planning_forecast_mean',
]);

const NAME = new Set(['__name__']);
const WORK_MS = 10;

/** The name under which a metric of the API is scraped: another prefix, so that nobody counts it twice. */
export function horizonName(metric: FleetMetricName): string {
  return metric.replace(/^headroom_/, 'headroom_horizon_');
}

/**
 * The fleet's metrics at the present and at the horizons in Prometheus' text format, for servers that cannot ask for the
 * future. What has no value at a horizon is absent.
 *
 * Made and written workload by workload, with a breath after each few milliseconds.
 */
export async function horizonMetrics(fleet: FleetView): Promise<string> {
  const now = fleet.nowSeconds();
  const source = new FleetSamples(fleet);
  const workloads = fleet.workloads().map(({ config }) => config.name);
  let rested = performance.now();
  const breathe = async (): Promise<void> => {
    if (performance.now() - rested > WORK_MS) {
      await setImmediate();
      rested = performance.now();
    }
  };
  const blocks: string[] = [];
  for (const metric of FLEET_METRIC_NAMES) {
    const lines: string[] = [];
    for (const workload of workloads) {
      const samples = await samplesOf(source, workload, metric, now, breathe);
      if (samples.length > 0) {
        const written = await linesOf(metric, samples);
        lines.push(...(lines.length === 0 ? written : written.filter((line) => !line.startsWith('#'))));
        await breathe();
      }
    }
    if (lines.length > 0) {
      blocks.push(`${lines.join('\n')}\n`);
    }
  }
  return blocks.join('\n');
}

interface HorizonSample {
  readonly labels: Record<string, string>;
  readonly value: number;
}

/** The lines of one metric, its help and type first. */
async function linesOf(metric: FleetMetricName, samples: readonly HorizonSample[]): Promise<string[]> {
  const registry = new Registry();
  const labelNames = [...new Set(samples.flatMap(({ labels }) => Object.keys(labels)))];
  const gauge = new Gauge({
    name: horizonName(metric),
    help: FLEET_METRICS[metric],
    labelNames,
    registers: [registry],
  });
  for (const { labels, value } of samples) {
    gauge.set(labels, value);
  }
  return (await registry.metrics()).split('\n').filter((line) => line !== '');
}

async function samplesOf(
  source: FleetSamples,
  workload: string,
  metric: FleetMetricName,
  nowSeconds: number,
  breathe: () => Promise<void>
): Promise<HorizonSample[]> {
  const samples: HorizonSample[] = [];
  const horizons = Object.entries(PLANNED.has(metric) ? PLANNING_HORIZONS : HORIZONS).filter(
    ([, seconds]) => seconds === 0 || !PRESENT_ONLY.has(metric)
  );
  const expr = parseExpression(`${metric}{workload=${JSON.stringify(workload)}}`);
  for (const [horizon, seconds] of horizons) {
    const timeMs = Math.round((nowSeconds + seconds) * 1000);
    const { value } = await evaluateInstant(source, expr, timeMs, { checkpoint: breathe });
    for (const sample of value.type === 'vector' ? value.samples : []) {
      const labels = sample.labels.without(NAME).toRecord();
      samples.push({ labels: { ...labels, horizon }, value: sample.value });
    }
    await breathe();
  }
  return samples;
}
