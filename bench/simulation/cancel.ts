// Cancels a simulation of many paths in a process of its own, again and again; prints for each time the milliseconds until
// the caller is free, those until its thread is gone with all that it held (as Linux lists threads), and the MB then freed.
import { readdirSync } from 'node:fs';
import { setImmediate, setTimeout } from 'node:timers/promises';
import { createSimulationThreads } from '../../backend/control/index.ts';
import { sliderInput } from './slider.ts';

const [pathCount, rounds] = process.argv.slice(2).map(Number) as [number, number];
const threads = createSimulationThreads(1);
for (let round = 0; round < rounds; round++) {
  const threadCount = readdirSync('/proc/self/task').length;
  const cancelled = new AbortController();
  const progress = Promise.withResolvers<undefined>();
  const run = threads.run({ ...sliderInput(), pathCount }, cancelled.signal, () => {
    progress.resolve(undefined);
  });
  const ended = run.then(
    () => 'done',
    () => 'cancelled'
  );
  await progress.promise;
  const held = process.memoryUsage.rss();
  const startedMs = performance.now();
  cancelled.abort();
  if ((await ended) !== 'cancelled') {
    throw new Error('the simulation was done before it was cancelled');
  }
  const freeMs = performance.now() - startedMs;
  while (readdirSync('/proc/self/task').length > threadCount) {
    await setImmediate();
  }
  const goneMs = performance.now() - startedMs;
  process.stdout.write(`${String(freeMs)} ${String(goneMs)} ${String((held - process.memoryUsage.rss()) / 1e6)}\n`);
  await setTimeout(200);
}
await threads.close();
