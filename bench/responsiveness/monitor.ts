// Loaded before the sidecar by `--import`: writes the longest pauses of its event loop when it ends.
import { writeFileSync } from 'node:fs';
import { monitorEventLoopDelay, performance } from 'node:perf_hooks';
import { isMainThread } from 'node:worker_threads';

const file = process.env['HEADROOM_BENCH_PAUSES'];
const RESOLUTION_MS = 1;

if (isMainThread && file !== undefined) {
  const delay = monitorEventLoopDelay({ resolution: RESOLUTION_MS });
  // The start of the process itself, when modules are compiled, is no one's wait.
  process.on('SIGUSR2', () => {
    delay.enable();
    delay.reset();
  });
  process.on('exit', () => {
    const milliseconds = (nanoseconds: number): number => Math.max(0, nanoseconds / 1e6 - RESOLUTION_MS);
    const pauses = { longest: milliseconds(delay.max), p999: milliseconds(delay.percentile(99.9)) };
    writeFileSync(file, JSON.stringify({ ...pauses, utilization: performance.eventLoopUtilization().utilization }));
  });
}
