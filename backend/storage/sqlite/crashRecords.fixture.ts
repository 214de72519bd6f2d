import type { NewDecision } from '../../../contract/index.ts';
import type { Outlook } from '../../allocation/index.ts';
import { PUBLISHED_LEVELS } from '../../forecasting/index.ts';
import type { ScoreRow } from '../storage.ts';

export const LEAD_SECONDS = 180;
const STEP_SECONDS = 300;
const STEPS = 289;

export function issuedAtOf(index: number): number {
  return 1_790_000_100 + index * STEP_SECONDS;
}

/** A value that tells issue and instant. */
export function markOf(index: number, time: number): number {
  return Math.fround(index + (time % 1_000_000) / 1e6);
}

/** An outlook of the size that the product writes. */
export function crashOutlook(index: number): Outlook {
  const startSeconds = issuedAtOf(index);
  const mean = Float64Array.from({ length: STEPS }, (_, step) => markOf(index, startSeconds + step * STEP_SECONDS));
  return {
    workload: 'w',
    issuedAtSeconds: startSeconds,
    cutoffSeconds: startSeconds,
    grid: { startSeconds, stepSeconds: STEP_SECONDS, length: STEPS },
    series: ['requests', 'cpu', 'memory', 'network'].map((name) => ({
      name,
      kind: 'resource' as const,
      unit: '',
      model: 'naive',
      levels: PUBLISHED_LEVELS,
      values: Float64Array.from({ length: STEPS * PUBLISHED_LEVELS.length }, (_, at) =>
        Math.fround(Math.sin(at + index))
      ),
      mean,
      warnings: [],
    })),
    currency: 'USD',
    warnings: [],
  };
}

export function crashDecision(index: number): NewDecision {
  return {
    id: `d${index}`,
    at: index,
    who: 'test',
    what: 'propose',
    workload: 'w',
    why: ['x'.repeat(2000)],
    before: null,
    after: { index },
    outcome: 'done',
  };
}

export function crashScore(series: string): ScoreRow {
  return {
    workload: 'w',
    series,
    model: 'naive',
    lead: '1h',
    daySeconds: 0,
    count: 1,
    sumCrps: 1,
    sumAbsoluteError: 1,
    sumScale: 1,
    sumAbsoluteActual: 1,
    inside80: 1,
    inside90: 1,
    inside95: 1,
  };
}
