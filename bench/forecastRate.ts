import type { BenchRow } from './bench.ts';

/** The CPU seconds that some work takes, since others share the cores. */
export async function cpuSeconds(work: () => Promise<void>): Promise<number> {
  const started = process.cpuUsage();
  await work();
  const { user, system } = process.cpuUsage(started);
  return (user + system) / 1e6;
}

/** Forecasts a CPU second beside a peer's, from the seconds of one forecast in each round. */
export function forecastRateRow(name: string, ours: readonly number[], theirs: readonly number[]): BenchRow {
  const ratios = ours.map((seconds, round) => theirs[round]! / seconds).sort((a, b) => a - b);
  const perSecond = (seconds: readonly number[]): number =>
    seconds.length / seconds.reduce((sum, each) => sum + each, 0);
  return {
    name,
    ours: perSecond(ours),
    peer: perSecond(theirs),
    unit: 'forecasts a CPU second',
    ratio: ratios[ratios.length >> 1]!,
    spread: [ratios[0]!, ratios.at(-1)!],
  };
}
