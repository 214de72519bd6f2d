import type { NeedPaths } from './needPaths.ts';
import type { PlanProblem } from './planProblem.ts';

/** As many bits, in words, are kept: 16 MB. */
const MOST_KEPT_WORDS = 2 ** 22;
/** Counts beyond the least of a step that are told apart at once. */
const MOST_CELLS = 1024;

/**
 * Makes windowRisk for many plans of one problem, with the same figures: which paths are short with so many replicas at
 * a step is found out once, as bits, however many plans have as many there.
 */
export function windowRisks({
  futures,
  windowSteps,
  firstStep,
}: Pick<PlanProblem, 'futures' | 'windowSteps' | 'firstStep'>): (counts: Int32Array) => number {
  const shorts = futures.map((future) => shortPaths(future));
  return (counts) => {
    const lastStart = Math.max(firstStep, counts.length - windowSteps);
    let risk = 0;
    futures.forEach(({ pathCount, weight }, index) => {
      const short =
        windowSteps === 1
          ? shortSteps(shorts[index]!, counts, firstStep)
          : shortInWindows(shorts[index]!, counts, firstStep, windowSteps, lastStart);
      risk += (weight * short) / (pathCount * (lastStart - firstStep + 1));
    });
    return risk;
  };
}

/** The paths that are short at a step with so many replicas, and how many they are. */
interface ShortPaths {
  readonly words: number;
  bits(step: number, count: number): Uint32Array;
  total(step: number, count: number): number;
}

function shortPaths({ needs, pathCount, stepCount }: NeedPaths): ShortPaths {
  const words = Math.ceil(pathCount / 32);
  const knownBits = Array.from({ length: stepCount }, () => new Map<number, Uint32Array>());
  const knownTotals: StepTotals[] = [];
  let kept = 0;

  function findBits(step: number, count: number): Uint32Array {
    const bits = new Uint32Array(words);
    const row = step * pathCount;
    for (let path = 0; path < pathCount; path++) {
      bits[path >>> 5]! |= (needs[row + path]! > count ? 1 : 0) << (path & 31);
    }
    return bits;
  }

  function findTotals(step: number): StepTotals {
    const row = needs.subarray(step * pathCount, (step + 1) * pathCount);
    let [least, most] = [row[0]!, row[0]!];
    for (let i = 1; i < row.length; i++) {
      const need = row[i]!;
      least = need < least ? need : least;
      most = need > most ? need : most;
    }
    const cells = Math.min(MOST_CELLS, most - least + 1);
    const above = new Uint32Array(cells);
    for (let i = 0; i < row.length; i++) {
      above[Math.min(cells - 1, row[i]! - least)]!++;
    }
    let total = 0;
    for (let cell = cells - 1; cell >= 0; cell--) {
      total += above[cell]!;
      above[cell] = total - above[cell]!;
    }
    return { row, least, most, above };
  }

  return {
    words,
    bits(step, count) {
      const bits = knownBits[step]!.get(count) ?? findBits(step, count);
      if (kept < MOST_KEPT_WORDS && !knownBits[step]!.has(count)) {
        kept += words;
        knownBits[step]!.set(count, bits);
      }
      return bits;
    },
    total(step, count) {
      const { row, least, most, above } = (knownTotals[step] ??= findTotals(step));
      if (count < least || count >= most) {
        return count < least ? pathCount : 0;
      }
      // The last cell holds all that is further away.
      return count - least < above.length - 1
        ? above[count - least]!
        : row.reduce((total, need) => total + (need > count ? 1 : 0), 0);
    },
  };
}

/** The needs of a step, and how many of them are above each count from the least on. */
interface StepTotals {
  readonly row: Int32Array;
  readonly least: number;
  readonly most: number;
  readonly above: Uint32Array;
}

function shortSteps(shorts: ShortPaths, counts: Int32Array, firstStep: number): number {
  let total = 0;
  for (let step = firstStep; step < counts.length; step++) {
    total += shorts.total(step, counts[step]!);
  }
  return total;
}

/**
 * Short paths, summed over the windows: a window is the end of one run of `windowSteps` steps and the beginning of the
 * next (van Herk, Pattern Recognition Letters 13, 1992).
 */
function shortInWindows(
  shorts: ShortPaths,
  counts: Int32Array,
  firstStep: number,
  windowSteps: number,
  lastStart: number
): number {
  const { words } = shorts;
  const toEnd = new Uint32Array(counts.length * words);
  const fromStart = new Uint32Array(counts.length * words);
  for (let step = counts.length - 1; step >= firstStep; step--) {
    const isLast = step === counts.length - 1 || (step - firstStep + 1) % windowSteps === 0;
    unite(toEnd, step * words, shorts.bits(step, counts[step]!), isLast ? undefined : (step + 1) * words);
  }
  for (let step = firstStep; step < counts.length; step++) {
    const isFirst = (step - firstStep) % windowSteps === 0;
    unite(fromStart, step * words, shorts.bits(step, counts[step]!), isFirst ? undefined : (step - 1) * words);
  }
  let total = 0;
  for (let start = firstStep; start <= lastStart; start++) {
    const end = Math.min(counts.length, start + windowSteps) - 1;
    for (let word = 0; word < words; word++) {
      total += bitCount(toEnd[start * words + word]! | fromStart[end * words + word]!);
    }
  }
  return total;
}

/** Writes `bits`, with those at `other` of the target where there are any, to the target at `place`. */
function unite(target: Uint32Array, place: number, bits: Uint32Array, other: number | undefined): void {
  for (let word = 0; word < bits.length; word++) {
    target[place + word] = bits[word]! | (other === undefined ? 0 : target[other + word]!);
  }
}

/** Source: Warren, Hacker's Delight (2012), figure 5-2. */
function bitCount(bits: number): number {
  const pairs = bits - ((bits >>> 1) & 0x55555555);
  const fours = (pairs & 0x33333333) + ((pairs >>> 2) & 0x33333333);
  return Math.imul((fours + (fours >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
}
