/** Where randomness comes from: each call returns the next number, uniform in [0, 1). Always an argument, never global. */
export type RandomSource = () => number;
