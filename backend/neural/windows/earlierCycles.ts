import { levelMean } from './levelMean.ts';
import type { PreparedSeries } from './prepareSeries.ts';
import { PATCH_STEPS } from './windowShape.ts';
import { meanChange } from './windowFeatures.ts';

const HOUR_STEPS = 12;
const COMPARED = [1, 3, 12, 48, 144] as const;
const SHAPE_STEPS = 48;
const CHANGE_STEPS = 144;
const LEAST_CHANGE_STEPS = 12;
const MOST = 3;

/** How the present compares with the same moment some cycles earlier. */
export interface EarlierCycle {
  /** Level shifts from then to now: of the last hour's mean, of the last cycle's. */
  readonly byHour: number;
  readonly byCycle: number;
  /** Of a trailing sum: what is still to leave it within `lead` steps, less what was to leave then. */
  readonly leaving: ((lead: number) => number) | undefined;
  /** Distances of z: of five means, of the last steps, of their shape; and the mean difference. */
  readonly likeness: Float64Array;
}

/** The earlier cycles of a series, each compared with the present once. */
export class EarlierCycles {
  readonly #series: PreparedSeries;
  readonly #z: (value: number) => number;
  readonly #recentZ: Float64Array;
  readonly #levels: Float64Array;
  readonly #cycles = new Map<number, EarlierCycle>();
  readonly #changes = new Map<number, number>();

  constructor(series: PreparedSeries, z: (value: number) => number, recentZ: Float64Array) {
    this.#series = series;
    this.#z = z;
    this.#recentZ = recentZ;
    this.#levels = Float64Array.from(COMPARED, (steps) => z(levelMean(series, series.end, steps)));
  }

  /** The comparison with `back` cycles ago, which must lie within the series. */
  at(back: number): EarlierCycle {
    let cycle = this.#cycles.get(back);
    if (cycle === undefined) {
      cycle = this.#compare(back);
      this.#cycles.set(back, cycle);
    }
    return cycle;
  }

  /** The mean absolute difference of z to `back` cycles earlier, over the last steps; of recent changes where it began later. */
  changeSince(back: number): number {
    let change = this.#changes.get(back);
    if (change === undefined) {
      change = this.#measureChange(back);
      this.#changes.set(back, change);
    }
    return change;
  }

  #compare(back: number): EarlierCycle {
    const { end, cycle, events, sumSteps } = this.#series;
    const then = end - back * cycle;
    const shift = (steps: number): number => levelMean(this.#series, end, steps) - levelMean(this.#series, then, steps);
    const left = (at: number, lead: number): number =>
      lead >= sumSteps ? 0 : events![at]! - events![at - sumSteps + lead]!;
    return {
      byHour: shift(HOUR_STEPS),
      byCycle: shift(cycle),
      leaving: events !== undefined && then - sumSteps >= 0 ? (lead) => left(end, lead) - left(then, lead) : undefined,
      likeness: this.#likeness(then),
    };
  }

  #likeness(then: number): Float64Array {
    const { filled, first } = this.#series;
    const recentZ = this.#recentZ;
    const out = new Float64Array(COMPARED.length + 3);
    COMPARED.forEach((steps, i) => {
      out[i] = Math.min(MOST, Math.abs(this.#levels[i]! - this.#z(levelMean(this.#series, then, steps))));
    });
    const count = Math.min(SHAPE_STEPS, recentZ.length, then - first);
    const differences = new Float64Array(count);
    let raw = 0;
    let mean = 0;
    for (let i = 0; i < count; i++) {
      const difference = recentZ[recentZ.length - 1 - i]! - this.#z(filled[then - 1 - i]!);
      differences[i] = difference;
      raw += Math.abs(difference);
      mean += difference;
    }
    mean /= count;
    let shape = 0;
    for (let i = 0; i < count; i++) {
      shape += Math.abs(differences[i]! - mean);
    }
    out[COMPARED.length] = Math.min(MOST, raw / count);
    out[COMPARED.length + 1] = Math.min(MOST, shape / count);
    out[COMPARED.length + 2] = Math.max(-MOST, Math.min(MOST, mean));
    return out;
  }

  #measureChange(back: number): number {
    const { end, cycle, first, filled } = this.#series;
    const recentZ = this.#recentZ;
    const count = Math.min(CHANGE_STEPS, recentZ.length, end - back * cycle - first);
    if (count < LEAST_CHANGE_STEPS) {
      return meanChange(recentZ, Math.max(1, recentZ.length >> 2), 2 * CHANGE_STEPS);
    }
    let sum = 0;
    for (let i = 0; i < count; i++) {
      sum += Math.abs(recentZ[recentZ.length - 1 - i]! - this.#z(filled[end - 1 - i - back * cycle]!));
    }
    return sum / count;
  }
}

/** How many cycles back the newest complete continuation of a patch lies. */
export function firstCycle({ cycle }: PreparedSeries, lead: number): number {
  return Math.ceil((lead + PATCH_STEPS - 1) / cycle);
}
