import { quantileSorted } from '../../statistics/index.ts';
import type { ForeseenUse } from './foreseenUse.ts';
import type { RequestKind } from './requestKind.ts';

/** On top of what is used. */
const MARGIN = 1.15;
/** A figure that stands is kept while the new one differs by no more. */
const TOLERANCE = 0.1;
const LEVELS = { lower: 0.5, target: 0.9, upper: 0.95 };
/** In cores and in bytes; other units have no least. */
const LEAST: Readonly<Record<string, number>> = { cores: 0.025, bytes: 250e6 };
const STEP: Readonly<Record<string, number>> = { cores: 0.001, bytes: 2 ** 20 };

/** One replica's request of a resource, and between which bounds one that is set need not be changed. */
export interface RequestFigures {
  readonly target: number;
  readonly lowerBound: number;
  readonly upperBound: number;
}

export interface RequestInput {
  readonly kind: RequestKind;
  readonly unit: string;
  /** Of one replica, ascending; at least one value. */
  readonly measured: Float64Array;
  readonly foreseen: ForeseenUse;
  /** How much was measured. */
  readonly days: number;
  /** What was recommended last. */
  readonly standing?: number;
}

/**
 * What one replica should request, of what it used or is foreseen to use, whichever asks for more.
 *
 * Cpu: the 0.9 quantile and 15 %, between the 0.5 and 0.95 quantiles and 15 %; memory: the peak and 15 %, never less
 * than the peak. A short history widens the bounds. What stands is kept within the bounds and a tenth. Source: the
 * Vertical Pod Autoscaler's recommender.
 */
export function requestFor({ kind, unit, measured, foreseen, days, standing }: RequestInput): RequestFigures {
  const most = (level: number) =>
    Math.max(
      quantileSorted(measured, level),
      foreseen.sorted.length === 0 ? Number.NEGATIVE_INFINITY : quantileSorted(foreseen.sorted, level)
    );
  const peak = Math.max(measured.at(-1)!, foreseen.peak);
  const least = LEAST[unit] ?? 0;
  const isCpu = kind === 'cpu';
  const target = roundUp(Math.max(least, (isCpu ? most(LEVELS.target) : peak) * MARGIN), unit);
  const lowerBound = Math.max(least, isCpu ? most(LEVELS.lower) * MARGIN * (1 + 0.001 / days) ** -2 : peak);
  const upperBound = Math.max(least, (isCpu ? most(LEVELS.upper) : peak) * MARGIN) * (1 + 1 / days);
  const isKept =
    standing !== undefined &&
    standing >= lowerBound &&
    standing <= upperBound &&
    Math.abs(standing - target) <= TOLERANCE * target;
  return { target: isKept ? standing : target, lowerBound, upperBound: Math.max(upperBound, target) };
}

/** To whole millicores and MiB, in other units to three digits. */
function roundUp(value: number, unit: string): number {
  const step = STEP[unit] ?? 10 ** (Math.floor(Math.log10(value)) - 2);
  return value > 0 ? Number((Math.ceil(value / step - 1e-9) * step).toPrecision(12)) : 0;
}
