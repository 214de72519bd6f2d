import { decayedRidge } from '../near/decayedRidge.ts';

const HARMONICS = 2;

/** The yearly wave at a step, of two harmonics beside a linear trend; zero where fewer than two years are known. */
export function yearProfile(values: Float64Array, yearSteps: number): (step: number) => number {
  if (yearSteps < 4 * HARMONICS || values.length < 2 * yearSteps) {
    return () => 0;
  }
  const features = new Float64Array(2 + 2 * HARMONICS);
  const write = (step: number): void => {
    features[0] = 1;
    features[1] = step / yearSteps;
    for (let harmonic = 1; harmonic <= HARMONICS; harmonic++) {
      const angle = (2 * Math.PI * harmonic * step) / yearSteps;
      features[2 * harmonic] = Math.sin(angle);
      features[2 * harmonic + 1] = Math.cos(angle);
    }
  };
  const ridge = decayedRidge(features.length);
  const coefficients = new Float64Array(features.length);
  values.forEach((value, step) => {
    write(step);
    ridge.learn(features, value);
  });
  ridge.solve(coefficients);
  return (step) => {
    write(step);
    let sum = 0;
    for (let i = 2; i < features.length; i++) {
      sum += coefficients[i]! * features[i]!;
    }
    return sum;
  };
}
