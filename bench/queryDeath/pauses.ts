// Loaded before the sidecar by `--import`: at each SIGUSR2 it writes the longest pause of the event loop since the last.
import { appendFileSync } from 'node:fs';
import { isMainThread } from 'node:worker_threads';

const file = process.env['HEADROOM_BENCH_PAUSES'];

if (isMainThread && file !== undefined) {
  const cpuMs = (): number => {
    const { user, system } = process.threadCpuUsage();
    return (user + system) / 1000;
  };
  let longest = { wallMs: 0, cpuMs: 0 };
  let wall = performance.now();
  let cpu = cpuMs();
  setInterval(() => {
    const [nowWall, nowCpu] = [performance.now(), cpuMs()];
    longest = { wallMs: Math.max(longest.wallMs, nowWall - wall), cpuMs: Math.max(longest.cpuMs, nowCpu - cpu) };
    [wall, cpu] = [nowWall, nowCpu];
  }, 1).unref();
  process.on('SIGUSR2', () => {
    appendFileSync(file, `${JSON.stringify(longest)}\n`);
    longest = { wallMs: 0, cpuMs: 0 };
  });
}
