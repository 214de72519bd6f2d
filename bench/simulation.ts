import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { platform } from 'node:process';
import { Worker } from 'node:worker_threads';
import type { Bench, BenchRow } from './bench.ts';
import { startCPeer } from './cPeer.ts';
import type { PeerProcess } from './peerProcess.ts';
import { startPythonPeer } from './pythonPeer.ts';
import { drawPaths, SERIES, STEPS, TIME } from './simulation/pathsJob.ts';
import { slide } from './simulation/slider.ts';

const PATHS = 2000;
const ROUNDS = 9;
const WIDE_PATHS = 20_000;
const MANY_PATHS = 100_000;
const SLIDER_SECONDS = 0.1;
const CANCEL_SECONDS = 0.1;
const MOST_MEGABYTES = 200;
const SHAPE = `${String(PATHS)} x ${String(STEPS)} steps x ${String(SERIES)} series`;

/**
 * Path-steps a CPU second of joint sample paths (four series each) beside numpy and a loop in C, two threads beside one,
 * the memory of many paths, the wait for a scenario and for the end of what was cancelled; CPU time where one thread works,
 * since others share the cores.
 */
export const bench: Bench = {
  name: 'simulation',
  async run() {
    const args = [PATHS, STEPS, SERIES, TIME.weight, TIME.persistence];
    const numpy = await startPythonPeer('simulation/paths.py', args);
    const c = await startCPeer('simulation/paths.c', args);
    return {
      rows: [
        ...(await besidePeer('numpy', numpy)),
        ...(await besidePeer('one thread in C (cc -O3 -march=native)', c)),
        ...(await twoThreads()),
        memoryOfMany(),
        ...waitForSlider(),
        ...(platform === 'linux' ? [untilCancelled()] : []),
      ],
      missing: [
        ...(numpy === undefined ? ['numpy: apt-get install python3-numpy (it is looked for at /usr/bin/python3)'] : []),
        ...(platform === 'linux' ? [] : ['the end of what was cancelled: it is seen on Linux only']),
        ...(c === undefined ? ['a C compiler: apt-get install gcc (it is called as cc)'] : []),
      ],
    };
  },
};

async function besidePeer(name: string, peer: PeerProcess | undefined): Promise<BenchRow[]> {
  if (peer === undefined) {
    return [];
  }
  for (let round = 0; round < ROUNDS; round++) {
    drawPaths(PATHS, 0);
  }
  const [ours, theirs]: [number[], number[]] = [[], []];
  for (let round = 1; round <= ROUNDS; round++) {
    ours.push(
      cpuSeconds(() => {
        drawPaths(PATHS, round);
      })
    );
    theirs.push((await peer.seconds()) ?? Number.NaN);
  }
  peer.stop();
  return [
    rowOf(`joint paths, ${SHAPE}, against ${name}`, ours, theirs, {
      unit: 'path-steps/CPU s',
      figure: (seconds) => (PATHS * STEPS) / seconds,
    }),
  ];
}

/** The same paths in one thread beside two: by the clock, and by CPU time, of which two should take no more. */
async function twoThreads(): Promise<BenchRow[]> {
  const threads = [0, 1].map(() => new Worker(join(import.meta.dirname, 'simulation/pathsThread.ts')));
  const draw = async (thread: Worker, pathCount: number, seed: number) => {
    thread.postMessage({ pathCount, seed });
    await once(thread, 'message');
  };
  await Promise.all(threads.map((thread) => draw(thread, WIDE_PATHS / 2, 0)));
  const [two, one]: [Spent[], Spent[]] = [[], []];
  for (let round = 1; round <= ROUNDS; round++) {
    two.push(await spentOn(() => Promise.all(threads.map((thread) => draw(thread, WIDE_PATHS / 2, round)))));
    one.push(await spentOn(() => draw(threads[0]!, WIDE_PATHS, round)));
  }
  await Promise.all(threads.map((thread) => thread.terminate()));
  const row = (what: string, unit: string, secondsOf: (spent: Spent) => number) =>
    rowOf(
      `joint paths, ${String(WIDE_PATHS)} in two threads, against one${what}`,
      two.map(secondsOf),
      one.map(secondsOf),
      {
        unit,
        figure: (seconds) => (WIDE_PATHS * STEPS) / seconds,
      }
    );
  return [
    row(', by the clock', 'path-steps/s', ({ wallSeconds }) => wallSeconds),
    row(', by CPU time', 'path-steps/CPU s', (spent) => spent.cpuSeconds),
  ];
}

function memoryOfMany(): BenchRow {
  const script = join(import.meta.dirname, 'simulation/memory.ts');
  const megabytes = Number(execFileSync(process.execPath, [script, String(MANY_PATHS)], { encoding: 'utf8' }));
  return {
    name: `resident memory of a process that streams ${String(MANY_PATHS)} x ${String(STEPS)} x ${String(SERIES)}, beside what is allowed`,
    ours: megabytes,
    peer: MOST_MEGABYTES,
    unit: 'MB',
    ratio: MOST_MEGABYTES / megabytes,
    spread: [MOST_MEGABYTES / megabytes, MOST_MEGABYTES / megabytes],
  };
}

/** A first question about a forecast, and the next positions of its slider. */
function waitForSlider(): BenchRow[] {
  const rounds = Array.from({ length: ROUNDS }, (_, round) => round);
  const first = rounds.map((round) =>
    cpuSeconds(() => {
      slide(1.2, 'slider', 2 + round);
    })
  );
  const next = (detail: 'slider' | 'full') =>
    Array.from({ length: 3 * ROUNDS }, (_, round) =>
      cpuSeconds(() => {
        slide(1 + round / 100, detail);
      })
    ).slice(-ROUNDS);
  const allowed = rounds.map(() => SLIDER_SECONDS);
  const shape = { unit: 'CPU ms', figure: (seconds: number) => 1000 * seconds };
  const what = `a scenario beside the baseline, ${String(PATHS)} paths of two series over a day`;
  return [
    rowOf(`${what}: the first question`, first, allowed, shape),
    rowOf('the same: the next position of the slider', next('slider'), allowed, shape),
    rowOf('the same: where it is let go, with a recommendation and kinds of plans', next('full'), allowed, shape),
  ];
}

/** From the order to cancel until the thread that simulates is gone, with its memory. */
function untilCancelled(): BenchRow {
  const script = join(import.meta.dirname, 'simulation/cancel.ts');
  const text = execFileSync(process.execPath, [script, String(MANY_PATHS), String(ROUNDS)], { encoding: 'utf8' });
  const gone = text
    .trim()
    .split('\n')
    .map((line) => Number(line.split(' ')[1]) / 1000);
  return rowOf(
    `a cancelled simulation of ${String(MANY_PATHS)} paths, until its thread and memory are gone, beside what is allowed`,
    gone,
    gone.map(() => CANCEL_SECONDS),
    { unit: 'ms', figure: (seconds) => 1000 * seconds }
  );
}

interface Spent {
  readonly wallSeconds: number;
  readonly cpuSeconds: number;
}

function cpuSeconds(work: () => void): number {
  const started = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(started);
  return (user + system) / 1e6;
}

async function spentOn(work: () => Promise<unknown>): Promise<Spent> {
  const startedMs = performance.now();
  const started = process.cpuUsage();
  await work();
  const { user, system } = process.cpuUsage(started);
  return { wallSeconds: (performance.now() - startedMs) / 1000, cpuSeconds: (user + system) / 1e6 };
}

function rowOf(
  name: string,
  ours: readonly number[],
  theirs: readonly number[],
  { unit, figure }: { readonly unit: string; readonly figure: (seconds: number) => number }
): BenchRow {
  const ratios = ours.map((seconds, round) => theirs[round]! / seconds).sort((a, b) => a - b);
  const median = (values: readonly number[]) => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)]!;
  return {
    name,
    ours: figure(median(ours)),
    peer: figure(median(theirs)),
    unit,
    ratio: median(ratios),
    spread: [ratios[0]!, ratios.at(-1)!],
  };
}
