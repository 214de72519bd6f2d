import type { RandomSource } from './randomSource.ts';

const BLOCKS = 128;
const TAIL = 3.442619855899;
const AREA = 9.91256303526217e-3;

const EDGES = new Float64Array(BLOCKS + 1);
const RATIOS = new Float64Array(BLOCKS);
fillTables();

/**
 * A draw from the normal distribution with mean 0 and deviation 1.
 *
 * Source: J. A. Doornik, "An Improved Ziggurat Method to Generate Normal Random Samples" (2005).
 */
export function randomNormal(random: RandomSource): number {
  for (;;) {
    const scaled = random() * BLOCKS;
    const block = Math.floor(scaled);
    const u = 2 * (scaled - block) - 1;
    const edge = EDGES[block]!;
    const x = u * edge;
    if (Math.abs(u) < RATIOS[block]!) {
      return x;
    }
    if (block === 0) {
      return normalTail(random, u < 0);
    }
    const next = EDGES[block + 1]!;
    const outer = Math.exp(-0.5 * (edge * edge - x * x));
    const inner = Math.exp(-0.5 * (next * next - x * x));
    if (inner + random() * (outer - inner) < 1) {
      return x;
    }
  }
}

function normalTail(random: RandomSource, isNegative: boolean): number {
  for (;;) {
    const x = Math.log(1 - random()) / TAIL;
    const y = Math.log(1 - random());
    if (-2 * y >= x * x) {
      return isNegative ? x - TAIL : TAIL - x;
    }
  }
}

function fillTables(): void {
  let density = Math.exp(-0.5 * TAIL * TAIL);
  EDGES[0] = AREA / density;
  EDGES[1] = TAIL;
  for (let i = 2; i < BLOCKS; i++) {
    const edge = Math.sqrt(-2 * Math.log(AREA / EDGES[i - 1]! + density));
    EDGES[i] = edge;
    density = Math.exp(-0.5 * edge * edge);
  }
  for (let i = 0; i < BLOCKS; i++) {
    RATIOS[i] = EDGES[i + 1]! / EDGES[i]!;
  }
}
