import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
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
const MOST_MEGABYTES = 200;
const SHAPE = `${String(PATHS)} x ${String(STEPS)} steps x ${String(SERIES)} series`;

/**
 * Path-steps a CPU second of joint sample paths (four series each) beside numpy and a loop in C, two threads beside one,
 * the memory of many paths and the wait for a scenario; CPU time where one thread works, since others share the cores.
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
        ...(await besidePeer('one thread in C (cc -O3)', c)),
        await twoThreads(),
        memoryOfMany(),
        waitForSlider(),
      ],
      missing: [
        ...(numpy === undefined ? ['numpy: apt-get install python3-numpy (it is looked for at /usr/bin/python3)'] : []),
        ...(c === undefined ? ['a C compiler: apt-get install gcc (it is called as cc)'] : []),
      ],
    };
  },
};

async function besidePeer(name: string, peer: PeerProcess | undefined): Promise<BenchRow[]> {
  if (peer === undefined) {
    return [];
  }
  cpuSeconds(() => {
    drawPaths(PATHS, 0);
  });
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

/** Wall time of the same paths in one thread over that in two. */
async function twoThreads(): Promise<BenchRow> {
  const threads = [0, 1].map(() => new Worker(join(import.meta.dirname, 'simulation/pathsThread.ts')));
  const draw = async (thread: Worker, pathCount: number, seed: number) => {
    thread.postMessage({ pathCount, seed });
    await once(thread, 'message');
  };
  await Promise.all(threads.map((thread) => draw(thread, PATHS, 0)));
  const [two, one]: [number[], number[]] = [[], []];
  for (let round = 1; round <= ROUNDS; round++) {
    two.push(await wallSeconds(() => Promise.all(threads.map((thread) => draw(thread, WIDE_PATHS / 2, round)))));
    one.push(await wallSeconds(() => draw(threads[0]!, WIDE_PATHS, round)));
  }
  await Promise.all(threads.map((thread) => thread.terminate()));
  return rowOf(`joint paths, ${String(WIDE_PATHS)} in two threads, against one`, two, one, {
    unit: 'path-steps/s',
    figure: (seconds) => (WIDE_PATHS * STEPS) / seconds,
  });
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

function waitForSlider(): BenchRow {
  const ours = Array.from({ length: ROUNDS + 2 }, (_, round) =>
    cpuSeconds(() => {
      slide(round);
    })
  ).slice(2);
  const allowed = ours.map(() => SLIDER_SECONDS);
  return rowOf(
    `a scenario beside the baseline, two plans, ${String(PATHS)} paths of two series over a day`,
    ours,
    allowed,
    {
      unit: 'CPU ms',
      figure: (seconds) => 1000 * seconds,
    }
  );
}

function cpuSeconds(work: () => void): number {
  const started = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(started);
  return (user + system) / 1e6;
}

async function wallSeconds(work: () => Promise<unknown>): Promise<number> {
  const startedMs = performance.now();
  await work();
  return (performance.now() - startedMs) / 1000;
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
