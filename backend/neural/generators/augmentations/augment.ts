import type { RandomSource } from '../../../random/index.ts';
import { amplitudeModulation } from './amplitudeModulation.ts';
import { censor } from './censor.ts';
import { missingBlocks } from './missingBlocks.ts';
import { mixup } from './mixup.ts';
import { noise } from './noise.ts';
import { quantise } from './quantise.ts';
import { smooth } from './smooth.ts';
import { spikeInjection } from './spikeInjection.ts';
import { timeFlip } from './timeFlip.ts';
import { valueFlip } from './valueFlip.ts';

/** How likely each change is, unless told otherwise. */
export const AUGMENTATION_PROBABILITIES = {
  mixup: 0.15,
  timeFlip: 0.1,
  valueFlip: 0.05,
  smooth: 0.05,
  amplitudeModulation: 0.25,
  spikeInjection: 0.05,
  censor: 0.1,
  noise: 0.1,
  quantise: 0.05,
  missingBlocks: 0.1,
} as const;

export type Augmentation = keyof typeof AUGMENTATION_PROBABILITIES;

export interface AugmentOptions {
  readonly probabilities?: Readonly<Partial<Record<Augmentation, number>>>;
  /** Another series to mix in; none is where this is absent. */
  readonly other?: () => Float32Array;
  /** True where calendar features are not told; only then is time turned round. */
  readonly dropsCalendar?: boolean;
}

export interface Augmented {
  /** `[values.length]`, NaN where missing. */
  readonly values: Float32Array;
  /** What was done, in this order. */
  readonly applied: readonly Augmentation[];
}

/** Changes a copy of a series as monitoring data differ from one another, each change by its own chance; often not at all. */
export function augment(random: RandomSource, values: Float32Array, options: AugmentOptions = {}): Augmented {
  const { probabilities, other, dropsCalendar = false } = options;
  const changes: Record<Augmentation, ((before: Float32Array) => Float32Array) | undefined> = {
    mixup: other === undefined ? undefined : (before) => mixup(random, before, other()),
    timeFlip: dropsCalendar ? timeFlip : undefined,
    valueFlip,
    smooth: (before) => smooth(random, before),
    amplitudeModulation: (before) => amplitudeModulation(random, before),
    spikeInjection: (before) => spikeInjection(random, before),
    censor: (before) => censor(random, before),
    noise: (before) => noise(random, before),
    quantise: (before) => quantise(random, before),
    missingBlocks: (before) => missingBlocks(random, before),
  };
  const applied: Augmentation[] = [];
  let out = values;
  for (const name of Object.keys(AUGMENTATION_PROBABILITIES) as Augmentation[]) {
    const change = changes[name];
    if (random() < (probabilities?.[name] ?? AUGMENTATION_PROBABILITIES[name]) && change !== undefined) {
      out = change(out);
      applied.push(name);
    }
  }
  return { values: out === values ? values.slice() : out, applied };
}
