const WARM_UP_STEPS = 200;
const LAST_SHARE = 0.02;

/** The learning rate at a step: rising linearly at first, then along a cosine down to a fiftieth as `done` goes to 1. */
export function learningRateAt(highest: number, step: number, done: number): number {
  const cosine = 0.5 * (1 + Math.cos(Math.PI * Math.min(1, done)));
  return highest * Math.min(1, (step + 1) / WARM_UP_STEPS) * (LAST_SHARE + (1 - LAST_SHARE) * cosine);
}
