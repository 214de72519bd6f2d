import type { SwitchbackDesign } from './switchbackDesign.ts';

/** What a pair of windows says: outcomes under both arms, NaN where either is missing. */
export interface PairOutcomes {
  /** `b` less `a`, `[pair]`, in the order in which pairs are complete. */
  readonly differences: Float64Array;
  /** 1 where `b` came first, else -1, `[pair]`. */
  readonly signs: Float64Array;
}

/** Pairs the outcomes of windows, `[window]`, NaN where missing or not there yet. */
export function pairOutcomes(
  { arms, blockCount, windowsAPeriod, pairCount }: SwitchbackDesign,
  outcomes: Float64Array
): PairOutcomes {
  const differences = new Float64Array(pairCount);
  const signs = new Float64Array(pairCount);
  for (let block = 0; block < blockCount; block++) {
    for (let slot = 0; slot < windowsAPeriod; slot++) {
      const pair = block * windowsAPeriod + slot;
      const first = 2 * block * windowsAPeriod + slot;
      const [earlier = Number.NaN, later = Number.NaN] = [outcomes[first], outcomes[first + windowsAPeriod]];
      signs[pair] = arms[first] === 'b' ? 1 : -1;
      differences[pair] = signs[pair] * (earlier - later);
    }
  }
  return { differences, signs };
}
