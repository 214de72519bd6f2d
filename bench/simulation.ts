import { samplePaths, type Dependence, type Margin } from '../backend/simulation/index.ts';
import { PUBLISHED_LEVELS } from '../backend/forecasting/index.ts';
import { normalQuantile } from '../backend/statistics/index.ts';
import type { Bench, BenchRow } from './bench.ts';
import { startPythonPeer } from './pythonPeer.ts';

const PATHS = 2000;
const STEPS = 288;
const SERIES = 4;
const ROUNDS = 9;
const TIME = { weight: 0.9, persistence: 0.94 };
const CORRELATION = 0.5;

/** Path-steps a CPU second of joint sample paths (four series each) beside numpy; CPU time, since others share the cores. */
export const bench: Bench = {
  name: 'simulation',
  async run() {
    const peer = await startPythonPeer('simulation/paths.py', [PATHS, STEPS, SERIES, TIME.weight, TIME.persistence]);
    if (peer === undefined) {
      return { rows: [], missing: ['numpy: apt-get install python3-numpy (it is looked for at /usr/bin/python3)'] };
    }
    simulationSeconds(0);
    const [ours, theirs]: [number[], number[]] = [[], []];
    for (let round = 1; round <= ROUNDS; round++) {
      ours.push(simulationSeconds(round));
      theirs.push((await peer.seconds()) ?? Number.NaN);
    }
    peer.stop();
    return { rows: [rowOf(ours, theirs)], missing: [] };
  },
};

function simulationSeconds(seed: number): number {
  const started = process.cpuUsage();
  for (const block of samplePaths(margins(), dependence(), { pathCount: PATHS, seed })) {
    if (block.pathCount === 0) {
      throw new Error('an empty block');
    }
  }
  const { user, system } = process.cpuUsage(started);
  return (user + system) / 1e6;
}

function margins(): readonly Margin[] {
  return Array.from({ length: SERIES }, () => ({
    levels: PUBLISHED_LEVELS,
    values: Float64Array.from(
      { length: PUBLISHED_LEVELS.length * STEPS },
      (_, i) => 100 + 10 * normalQuantile(PUBLISHED_LEVELS[Math.floor(i / STEPS)]!)
    ),
  }));
}

/** All series share a part of each surprise. */
function dependence(): Dependence {
  const factor = new Float64Array(SERIES * SERIES);
  for (let row = 0; row < SERIES; row++) {
    let rest = 1;
    for (let column = 0; column < row; column++) {
      let product = CORRELATION;
      for (let k = 0; k < column; k++) {
        product -= factor[row * SERIES + k]! * factor[column * SERIES + k]!;
      }
      const share = product / factor[column * SERIES + column]!;
      factor[row * SERIES + column] = share;
      rest -= share * share;
    }
    factor[row * SERIES + row] = Math.sqrt(rest);
  }
  return { kind: 'gaussian', times: Array.from({ length: SERIES }, () => TIME), factor };
}

function rowOf(ours: readonly number[], theirs: readonly number[]): BenchRow {
  const ratios = ours.map((seconds, round) => theirs[round]! / seconds).sort((a, b) => a - b);
  const median = (values: readonly number[]) => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)]!;
  return {
    name: `joint paths, ${String(PATHS)} x ${String(STEPS)} steps x ${String(SERIES)} series, against numpy`,
    ours: (PATHS * STEPS) / median(ours),
    peer: (PATHS * STEPS) / median(theirs),
    unit: 'path-steps/CPU s',
    ratio: median(ratios),
    spread: [ratios[0]!, ratios.at(-1)!],
  };
}
