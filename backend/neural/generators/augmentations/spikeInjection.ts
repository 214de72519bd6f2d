import { randomInteger, type RandomSource } from '../../../random/index.ts';
import { meanSize } from '../meanSize.ts';

const FORMS = 3;

/** With spikes added at one period, flat, bell-shaped or falling, of 1 to 10 times the mean size. Source: TiRex (2025). */
export function spikeInjection(random: RandomSource, values: Float32Array): Float32Array {
  const out = values.slice();
  const period = Math.max(2, Math.round((values.length / 2) ** (0.3 + 0.7 * random())));
  const width = Math.max(1, Math.round(period * 0.1 * random()));
  const height = meanSize(values) * 10 ** random();
  const form = randomInteger(random, FORMS);
  for (let start = randomInteger(random, period); start < out.length; start += period) {
    for (let t = start; t < Math.min(out.length, start + width); t++) {
      const x = (t - start + 0.5) / width;
      out[t]! += height * (form === 0 ? 1 : form === 1 ? Math.exp(-8 * (x - 0.5) ** 2) : 1 - x);
    }
  }
  return out;
}
