import { randomInteger, type RandomSource } from '../../random/index.ts';
import { augment, generateSeries, GENERATORS } from '../generators/index.ts';
import {
  PATCH_STEPS,
  prepareSeries,
  TRAINED_STEPS,
  WindowBatch,
  writeWindow,
  type SeriesInput,
} from '../windows/index.ts';
import type { TrainingSeries, TrainingSource } from './trainingSource.ts';

const MOST_HISTORY = 7200;
const LEAST_HISTORY = 96;
const LEAST_CONTEXT = 24;
const SYNTHETIC_SHAPES = [
  { stepSeconds: 300, cycle: 288 },
  { stepSeconds: 300, cycle: 288 },
  { stepSeconds: 3600, cycle: 24 },
  { stepSeconds: 60, cycle: 1440 },
  { stepSeconds: 60, cycle: 60 },
  { stepSeconds: 10, cycle: 360 },
] as const;
const MOST_WEIGHT = 4;
const KNOWN_SHARE = 0.7;
const KNOWN_DRIVER = 0.6;
const PAST_DRIVER = 0.25;
const EVERY_GENERATOR = Object.fromEntries(Object.keys(GENERATORS).map((name) => [name, 1]));

export interface SamplerOptions {
  readonly windowCount: number;
  readonly queryCount: number;
  /** The share of windows that are made up. */
  readonly syntheticShare: number;
  readonly isAugmented: boolean;
  /** How often each family is made up, by name; all alike unless given. */
  readonly generators?: Readonly<Record<string, number>> | undefined;
}

/** One batch: the inputs, the targets in scaled space `[window, query, step]`, which of them count, and weights. */
export interface TrainingBatch {
  readonly windows: WindowBatch;
  readonly target: Float32Array;
  readonly mask: Float32Array;
  readonly weight: Float32Array;
}

interface Drawn {
  readonly input: SeriesInput;
  readonly end: number;
  readonly horizon: number;
  readonly weight: number;
}

/** Draws windows from real and made-up series; the same randomness, the same batches. */
export class WindowSampler {
  readonly #sources: readonly TrainingSource[];
  readonly #options: SamplerOptions;
  readonly #totalWeight: number;

  constructor(sources: readonly TrainingSource[], options: SamplerOptions) {
    this.#sources = sources;
    this.#options = options;
    this.#totalWeight = sources.reduce((sum, { weight }) => sum + weight, 0);
  }

  draw(random: RandomSource): TrainingBatch {
    const { windowCount, queryCount } = this.#options;
    const windows = new WindowBatch(windowCount, queryCount);
    const cells = windowCount * queryCount * PATCH_STEPS;
    const batch = {
      windows,
      target: new Float32Array(cells),
      mask: new Float32Array(cells),
      weight: new Float32Array(windowCount),
    };
    for (let window = 0; window < windowCount;) {
      const drawn = this.#drawSeries(random);
      if (drawn !== undefined && this.#write(random, batch, window, drawn)) {
        window++;
      }
    }
    return batch;
  }

  #write(random: RandomSource, batch: TrainingBatch, window: number, drawn: Drawn): boolean {
    const { input, end, horizon } = drawn;
    const series = prepareSeries(input, end);
    if (series === undefined) {
      return false;
    }
    const { queryCount } = this.#options;
    const leads = Array.from({ length: queryCount }, (_, i) => {
      const patches = Math.max(1, Math.floor(horizon / PATCH_STEPS));
      const near = Math.min(patches, 5);
      const patch = i === 0 ? 0 : i === 1 ? randomInteger(random, near) : randomInteger(random, patches);
      return 1 + PATCH_STEPS * patch;
    });
    const { location, scale } = writeWindow(batch.windows, window, series, leads);
    const { target, mask } = batch;
    leads.forEach((lead, query) => {
      for (let j = 0; j < PATCH_STEPS; j++) {
        const truth = lead + j > horizon ? Number.NaN : (input.values[end + lead - 1 + j] ?? Number.NaN);
        const cell = (window * queryCount + query) * PATCH_STEPS + j;
        const isMeasured = !Number.isNaN(truth);
        target[cell] = isMeasured ? Math.asinh((truth - location) / scale) : 0;
        mask[cell] = isMeasured ? 1 : 0;
      }
    });
    batch.weight[window] = Math.min(MOST_WEIGHT, drawn.weight);
    return true;
  }

  #drawSeries(random: RandomSource): Drawn | undefined {
    if (this.#sources.length === 0 || random() < this.#options.syntheticShare) {
      return this.#makeUp(random);
    }
    let place = random() * this.#totalWeight;
    const source = this.#sources.find(({ weight }) => (place -= weight) < 0) ?? this.#sources.at(-1)!;
    const series = pickSeries(random, source);
    const horizon = pickHorizon(random, source.horizon);
    const room = series.values.length - horizon;
    const least = Math.max(series.firstCutoff ?? 0, Math.min(Math.max(LEAST_HISTORY, source.cycle), room - 1));
    if (least < LEAST_CONTEXT || room < least) {
      return undefined;
    }
    // Later cutoffs are drawn more often: they have the whole context, as a service in use has.
    const end = least + Math.floor((1 - random() * random()) * (room - least));
    const start = Math.max(0, end - MOST_HISTORY);
    const own = series.values.subarray(start, end + horizon);
    const other = (): Float32Array => {
      const { values } = pickSeries(random, source);
      return Float32Array.from(values.subarray(Math.max(0, values.length - own.length)));
    };
    // The unknown class is learnt by hiding what is known.
    const isKnown = !this.#options.isAugmented || random() < KNOWN_SHARE;
    const changed = this.#options.isAugmented ? augment(random, Float32Array.from(own), { other }) : undefined;
    const values = changed === undefined ? own : Float64Array.from(changed.values);
    const isLinear = changed === undefined || changed.applied.every((name) => name === 'missingBlocks');
    return {
      input: {
        values,
        startSeconds: series.startSeconds + start * source.stepSeconds,
        stepSeconds: source.stepSeconds,
        cycle: source.cycle,
        sumSteps: isLinear ? series.sumSteps : 0,
        ...(series.categories === undefined || !isKnown ? {} : { categories: series.categories }),
        ...(series.driven === undefined || !isLinear
          ? {}
          : { driven: series.driven.subarray(start, end + horizon), drivenStrength: 0.5 }),
      },
      end: end - start,
      horizon,
      weight: series.linearWeight,
    };
  }

  #makeUp(random: RandomSource): Drawn {
    const shape = SYNTHETIC_SHAPES[randomInteger(random, SYNTHETIC_SHAPES.length)]!;
    const horizon = pickHorizon(random, TRAINED_STEPS);
    const history = Math.max(200, Math.round(MOST_HISTORY * Math.min(1, 1.3 * random())));
    const family = generateSeries(random, this.#options.generators ?? EVERY_GENERATOR, {
      stepSeconds: shape.stepSeconds,
      seasonSteps: shape.cycle,
      length: history + horizon,
    });
    const made = family[randomInteger(random, family.length)]!;
    const { tier, industry, region, size } = made.categories;
    return {
      input: {
        values: Float64Array.from(made.values),
        startSeconds: made.startSeconds,
        stepSeconds: made.stepSeconds,
        cycle: made.seasonSteps > 1 ? made.seasonSteps : shape.cycle,
        sumSteps: made.sumSteps ?? 0,
        categories: [tier, industry, region, size],
        ...drivenPart(random, made.driven, history),
      },
      end: history,
      horizon,
      weight: 1,
    };
  }
}

/** What activity says of a made-up series: known over the horizon, known until the cutoff, or not told. */
function drivenPart(
  random: RandomSource,
  driven: Float32Array | undefined,
  history: number
): Pick<SeriesInput, 'driven' | 'drivenStrength'> {
  const told = driven === undefined ? 1 : random();
  if (driven === undefined || told > KNOWN_DRIVER + PAST_DRIVER) {
    return {};
  }
  const known = Float64Array.from(driven);
  if (told > KNOWN_DRIVER) {
    known.fill(Number.NaN, history);
  }
  return { driven: known, drivenStrength: 0.8 };
}

function pickSeries(random: RandomSource, { series }: TrainingSource): TrainingSeries {
  let place = random();
  return series.find(({ share }) => (place -= share) < 0) ?? series.at(-1)!;
}

function pickHorizon(random: RandomSource, longest: number): number {
  const choices = [48, 288, 480, longest];
  return Math.min(longest, choices[randomInteger(random, choices.length)]!);
}
