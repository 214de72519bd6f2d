import { randomInteger, randomNormal, type RandomSource } from '../../../random/index.ts';
import { kernelSample } from './kernelSample.ts';
import { drawAccount, finished, jobPeriods } from './shapes/index.ts';
import { pick, uniform } from './draws/index.ts';
import type { SyntheticSeries, SyntheticShape } from './syntheticSeries.ts';

const KERNELS = ['periodic', 'periodic', 'periodic', 'smooth', 'rational', 'rough', 'linear', 'white'] as const;
const MONITORING_STEPS = [12, 24, 60, 144, 168, 288, 360, 1440, 2016];

/**
 * One to five Gaussian processes joined by sums and products, with the periods of monitoring data.
 *
 * A product of independent processes has the product of their kernels as its covariance, but is no Gaussian process.
 * Source: KernelSynth (Ansari et al., "Chronos", 2024), with sample functions drawn part by part, in linear time.
 */
export function gaussianProcess(random: RandomSource, shape: SyntheticShape): SyntheticSeries[] {
  const { length, seasonSteps } = shape;
  const account = drawAccount(random, shape.stepSeconds);
  const periods = [...jobPeriods(shape), ...MONITORING_STEPS.filter((each) => each <= length / 2)];
  const planted: number[] = [];
  let values: Float64Array | undefined;
  for (let part = 1 + randomInteger(random, 5); part > 0; part--) {
    const kind = pick(random, KERNELS);
    const period = pick(random, periods);
    if (kind === 'periodic') {
      planted.push(period);
    }
    const own = kernelSample(random, kind, length, period);
    const isProduct = random() < 0.4;
    const before = values;
    values = before === undefined ? own : own.map((each, t) => (isProduct ? before[t]! * each : before[t]! + each));
  }
  const form = random();
  const spread = uniform(random, 0.1, 0.8);
  const isSigned = form < 0.2;
  const sign = randomNormal(random) > 0 ? 1 : -1;
  const shaped = standardised(values!).map((each) =>
    isSigned ? each : form < 0.6 ? 1 + sign * spread * each : Math.exp(spread * Math.min(6, each))
  );
  const cycle = planted.includes(seasonSteps) ? seasonSteps : (planted[0] ?? 1);
  return [finished(shaped, account, shape, { family: 'gaussianProcess', seasonSteps: cycle, isSigned })];
}

function standardised(values: Float64Array): Float64Array {
  let sum = 0;
  let squares = 0;
  for (const value of values) {
    sum += value;
    squares += value * value;
  }
  const mean = sum / values.length;
  const deviation = Math.sqrt(Math.max(0, squares / values.length - mean * mean)) || 1;
  return values.map((each) => (each - mean) / deviation);
}
