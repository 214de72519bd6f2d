import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { prometheusMissing, startPrometheus } from '../backend/exams/prometheusServer.ts';
import { timesRow } from './answerTimes.ts';
import type { Bench, BenchRow } from './bench.ts';
import { deaths, type Death } from './queryDeath/deaths.ts';
import { askForm, type FormAnswer } from './queryLoad/askForm.ts';
import { fleetAsOpenMetrics } from './queryLoad/fleetAsOpenMetrics.ts';
import { demoFleet, startSidecar, untilReady } from './startedSidecar.ts';

const WORKLOADS = 4;
/** How long a query of death may take, in both servers. */
const TIMEOUT_SECONDS = 3;
const HEALTH_EVERY_MS = 5;
/** How long the peer is waited for; then it is ended, and another one asked what comes next. */
const PATIENCE_MS = 30_000;
/** The longest that others may wait in turn for the event loop, of the CPU time that it takes itself. */
const PAUSE_MS = 50;

/**
 * Queries of death, one after the other, to the sidecar and, where they leave its machine standing, to a real Prometheus
 * with the same samples: what each is answered with, how long the health check waits meanwhile, and the longest pause of
 * the sidecar's event loop. Throws where one is answered with anything but what its limit says.
 */
export const bench: Bench = {
  name: 'queryDeath',
  async run() {
    const missing = prometheusMissing();
    if (missing !== false) {
      return { rows: [], missing: [missing] };
    }
    const folder = await mkdtemp(join(tmpdir(), 'headroom-bench-'));
    const file = join(folder, 'pauses.ndjson');
    const sidecar = await startSidecar(demoFleet(WORKLOADS), {
      nodeOptions: ['--import', fileURLToPath(new URL('./queryDeath/pauses.ts', import.meta.url))],
      env: { HEADROOM_BENCH_PAUSES: file },
    });
    try {
      await untilReady(sidecar);
      const ours = `${sidecar.url}/prometheus`;
      const samples = await fleetAsOpenMetrics(ours);
      let prometheus = await startPrometheus(samples);
      const pauseSinceLast = async (): Promise<Pause> => {
        const before = await lines(file);
        sidecar.child.kill('SIGUSR2');
        for (;;) {
          const now = await lines(file);
          if (now.length > before.length) {
            return JSON.parse(now.at(-1)!) as Pause;
          }
          await new Promise((resolve) => setTimeout(resolve, HEALTH_EVERY_MS));
        }
      };
      try {
        await pauseSinceLast();
        const rows: BenchRow[] = [];
        for (const death of deaths()) {
          const own = await waitBeside(ours, `${sidecar.url}/healthz`, death);
          const pause = await pauseSinceLast();
          const theirs =
            death.sparesPeer === undefined
              ? await waitBeside(prometheus.url, `${prometheus.url}/-/healthy`, death, PATIENCE_MS)
              : undefined;
          if (theirs?.outcome === NOTHING) {
            await prometheus.stop();
            prometheus = await startPrometheus(samples);
          }
          if (!death.outcomes.includes(own.outcome)) {
            throw new Error(`${death.name}: answered with ${own.outcome}: ${own.text}`);
          }
          const beside = theirs === undefined ? death.sparesPeer : `${theirs.outcome} after ${theirs.seconds} s`;
          const name = `${death.name} (${own.outcome} after ${own.seconds} s; Prometheus ${beside})`;
          rows.push(
            ...(theirs === undefined
              ? []
              : [timesRow(`${name}: longest wait for the health check`, [[own.longestMs, theirs.longestMs]])]),
            timesRow(`${name}: longest pause of the event loop in CPU time, beside what is allowed`, [
              [pause.cpuMs, PAUSE_MS],
            ])
          );
        }
        return { rows, missing: [] };
      } finally {
        await prometheus.stop();
      }
    } finally {
      await sidecar.stop();
      await rm(folder, { recursive: true, force: true });
    }
  },
};

const NOTHING = 'nothing';

interface Pause {
  readonly wallMs: number;
  readonly cpuMs: number;
}

async function lines(file: string): Promise<readonly string[]> {
  const text = await readFile(file, 'utf8').catch(() => '');
  return text.split('\n').filter((line) => line !== '');
}

/** What a query of death is answered with, and the longest that the health check waits meanwhile. */
async function waitBeside(api: string, health: string, { path, parameters }: Death, patienceMs = Infinity) {
  const end = Math.floor(Date.now() / 1000);
  const begin = performance.now();
  let pending = 1;
  const answered = askForm(`${api}/api/v1/${path}`, [...parameters(end), ['timeout', TIMEOUT_SECONDS]]).finally(() => {
    pending--;
  });
  // It is awaited below, unless patience ends.
  void answered.catch(() => undefined);
  let longestMs = 0;
  do {
    if (performance.now() - begin > patienceMs) {
      return { outcome: NOTHING, seconds: String(patienceMs / 1000), longestMs, text: '' };
    }
    const asked = performance.now();
    await (await fetch(health)).arrayBuffer();
    longestMs = Math.max(longestMs, performance.now() - asked);
    await new Promise((resolve) => setTimeout(resolve, HEALTH_EVERY_MS));
  } while (pending > 0);
  const answer = await answered;
  const seconds = ((performance.now() - begin) / 1000).toFixed(1);
  return { outcome: outcomeOf(answer), seconds, longestMs, text: answer.body.slice(0, 300) };
}

/** `200`, or `422 execution`. */
function outcomeOf({ status, body }: FormAnswer): string {
  const kind = /"errorType":"(\w+)"/.exec(body.slice(0, 1000))?.[1];
  return kind === undefined ? String(status) : `${String(status)} ${kind}`;
}
