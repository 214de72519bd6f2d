import { sparklinesResponseSchema, type Sparkline } from '../../contract/api.ts';
import { ask } from './client';

/** Sparklines by workload; null where nothing is foreseen yet. */
export async function loadSparklines(
  workloads: readonly string[],
  signal: AbortSignal
): Promise<Readonly<Record<string, Sparkline | null>>> {
  const { sparklines } = await ask({
    path: 'api/v1/sparklines',
    params: { workloads: workloads.join(',') },
    reader: sparklinesResponseSchema,
    signal,
  });
  return sparklines;
}
