import { randomInteger, randomNormal, type RandomSource } from '../../../random/index.ts';
import { meanSize } from '../meanSize.ts';
import { causalMap } from './causalMap.ts';
import { logNormal, logUniform, pick, uniform } from './draws/index.ts';
import { addPulse, PULSE_FORMS } from './addPulse.ts';
import { drawAccount, finished, redNoise, rhythm, type Account } from './shapes/index.ts';
import type { SyntheticSeries, SyntheticShape } from './syntheticSeries.ts';

const RESOURCES = ['cpu', 'memory', 'disk', 'network'] as const;
const LEVELS = { cpu: 1, memory: 1e4, disk: 1e2, network: 1e3 } as const;

/**
 * A service whose one or two activities drive its cpu, memory, disk and network: a random acyclic graph in which each
 * resource follows an activity mostly, others a little, through lags, saturation, bends and noise of its own.
 *
 * The activities come first, then the resources, whose `driver` is the activity that they follow most.
 * Source: after CauKer (random graph over Gaussian processes, random activations).
 */
export function causalFleet(random: RandomSource, shape: SyntheticShape): SyntheticSeries[] {
  const account = drawAccount(random, shape.stepSeconds);
  const activities = Array.from({ length: random() < 0.6 ? 1 : 2 }, () => activity(random, account, shape));
  const drivers = activities.map((each) => Float32Array.from(each));
  const made = activities.map((each) =>
    finished(each, account, shape, { family: 'causalFleet', level: account.level * logNormal(random, 1) })
  );
  const earlier: Float64Array[] = [];
  const order = RESOURCES.map((name) => ({ name, place: random() })).sort((a, b) => a.place - b.place);
  for (const { name } of order) {
    const main = randomInteger(random, activities.length);
    const alone = normalised(causalMap(random, activities[main]!, name === 'memory' ? 8 : 1));
    const values = alone.slice();
    if (random() < 0.5) {
      const others = [...activities.filter((_, i) => i !== main), ...earlier];
      if (others.length > 0) {
        const share = uniform(random, 0.05, 0.35);
        const second = normalised(causalMap(random, pick(random, others), 1));
        for (let t = 0; t < values.length; t++) {
          values[t] = (1 - share) * values[t]! + share * second[t]!;
        }
      }
    }
    const clean = normalised(values);
    earlier.push(clean);
    const noise = logUniform(random, 0.005, 0.2) * account.noise;
    const quick = redNoise(random, shape.length, logUniform(random, 0.3, 60));
    const base = random() < 0.5 ? 0 : logUniform(random, 0.1, 3);
    const shown = clean.map((each, t) => (base + each) * Math.exp(noise * quick[t]!));
    const level = account.level * LEVELS[name] * logNormal(random, 1);
    const driven = alone.map((each) => base + each);
    made.push(finished(shown, account, shape, { family: 'causalFleet', level, driver: drivers[main]!, driven }));
  }
  return made;
}

/** What users do: by the clock, with noise, bursts and steps that no clock tells; about 1 in the mean. */
function activity(random: RandomSource, account: Account, shape: SyntheticShape): Float64Array {
  const values = rhythm(random, account, shape);
  const { length } = shape;
  const slow = redNoise(random, length, logUniform(random, 20, 1500));
  const quick = redNoise(random, length, logUniform(random, 0.5, 15));
  const drift = uniform(random, 0.05, 0.5);
  const noise = logUniform(random, 0.01, 0.25) * account.noise;
  for (let t = 0; t < length; t++) {
    values[t]! *= Math.exp(drift * slow[t]! + noise * quick[t]!);
  }
  for (let burst = randomInteger(random, 5) * 2; burst > 0; burst--) {
    const width = logUniform(random, 2, Math.max(3, length / 30));
    addPulse(values, pick(random, PULSE_FORMS), randomInteger(random, length), width, logUniform(random, 0.3, 5));
  }
  if (random() < 0.3) {
    const from = randomInteger(random, length);
    const factor = Math.exp(0.6 * randomNormal(random));
    for (let t = from; t < length; t++) {
      values[t]! *= factor;
    }
  }
  return normalised(values);
}

function normalised(values: Float64Array): Float64Array {
  const size = meanSize(values) || 1;
  return values.map((each) => each / size);
}
