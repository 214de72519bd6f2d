/**
 * The probability that an arrival has to wait for one of `servers` with `load` erlangs offered (Erlang C); 1 where the
 * load fills them.
 *
 * Exact for any number of servers: Erlang B's recursion turned round, 1 / B = 1 + c/a (1 + (c - 1)/a (1 + ...)), whose
 * terms are all positive and soon vanish beside their sum.
 */
export function waitProbability(servers: number, load: number): number {
  if (load >= servers) {
    return 1;
  }
  if (load <= 0) {
    return 0;
  }
  let [inverse, term] = [1, 1];
  for (let left = servers; left > 0 && Number.isFinite(inverse); left--) {
    term *= left / load;
    inverse += term;
    if (left < load && term < 1e-17 * inverse) {
      break;
    }
  }
  const blocking = 1 / inverse;
  return blocking / (1 - (load / servers) * (1 - blocking));
}
