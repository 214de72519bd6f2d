const MOST = 16;
const sorted = new Float64Array(MOST);

/** What the last turns of a cycle say of a change, without letting one odd turn decide. */
export interface SameTimeChanges {
  /** The mean without the smallest and the largest. */
  mean: number;
  /** The mean distance of the same ones from it. */
  spread: number;
  /** The second largest; a thing that came twice may come again. */
  high: number;
}

/** Sums up the first `count` of `changes`, at most sixteen, into `into`; all 0 where there is none. */
export function sameTimeChanges(changes: Float64Array, count: number, into: SameTimeChanges): void {
  for (let i = 0; i < count; i++) {
    const value = changes[i]!;
    let at = i - 1;
    while (at >= 0 && sorted[at]! > value) {
      sorted[at + 1] = sorted[at]!;
      at--;
    }
    sorted[at + 1] = value;
  }
  const cut = count >= 3 ? 1 : 0;
  const kept = Math.max(1, count - 2 * cut);
  let sum = 0;
  for (let i = cut; i < count - cut; i++) {
    sum += sorted[i]!;
  }
  const mean = sum / kept;
  let distance = 0;
  for (let i = cut; i < count - cut; i++) {
    distance += Math.abs(sorted[i]! - mean);
  }
  into.mean = mean;
  into.spread = distance / kept;
  into.high = count === 0 ? 0 : sorted[Math.max(0, count - 2)]!;
}
