// Draws so many paths for each message and answers when done.
import { parentPort } from 'node:worker_threads';
import { drawPaths } from './pathsJob.ts';

parentPort?.on('message', ({ pathCount, seed }: { pathCount: number; seed: number }) => {
  drawPaths(pathCount, seed);
  parentPort?.postMessage('done');
});
