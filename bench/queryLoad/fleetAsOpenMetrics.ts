import { FLEET_METRIC_NAMES } from '../../backend/http/index.ts';
import { askForm } from './askForm.ts';

const DAY = 86_400;
const STEP = 300;

/** A day of past and a day of future of a sidecar's fleet, as a Prometheus takes it. */
export async function fleetAsOpenMetrics(
  api: string,
  metrics: readonly string[] = FLEET_METRIC_NAMES
): Promise<string> {
  const now = Math.floor(Date.now() / 1000);
  const lines: string[] = [];
  for (const metric of metrics.toSorted()) {
    const { body } = await askForm(`${api}/api/v1/query_range`, [
      ['query', metric],
      ['start', now - DAY],
      ['end', now + DAY],
      ['step', STEP],
    ]);
    const { data } = JSON.parse(body) as {
      readonly data: {
        readonly result: ReadonlyArray<{
          readonly metric: Readonly<Record<string, string>>;
          readonly values: ReadonlyArray<readonly [number, string]>;
        }>;
      };
    };
    lines.push(`# TYPE ${metric} gauge`);
    for (const { metric: labels, values } of data.result) {
      const text = Object.entries(labels)
        .filter(([name]) => name !== '__name__')
        .map(([name, value]) => `${name}=${JSON.stringify(value)}`);
      lines.push(...values.map(([time, value]) => `${metric}{${text.join(',')}} ${value} ${String(time)}`));
    }
  }
  return `${lines.join('\n')}\n# EOF\n`;
}
