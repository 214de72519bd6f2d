import assert from 'node:assert/strict';
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { after, before, describe, it } from 'node:test';
import { AxeBuilder } from '@axe-core/playwright';
import { chromium } from '@playwright/test';
import { stringify } from 'yaml';
import { prometheusMissing, startPrometheus, type PrometheusServer } from './exams/prometheusServer.ts';
import { readCsvTable } from './sources/csv/index.ts';
import { resampleMean, type Series } from './timeseries/index.ts';

const DATA = fileURLToPath(new URL('../../shared/data/', import.meta.url));
const SAMPLES: ReadonlyArray<readonly [name: string, file: string, column: string]> = [
  ...['data-ingress-01', 'data-ingress-02', 'data-ingress-03', 'ecommerce-api', 'mongodb-application-01'].map(
    (name) => [name, `request-rates/${name}.csv.gz`, 'requests'] as const
  ),
  ['mongodb-application-02', 'request-rates/mongodb-application-02.csv.gz', 'requests'],
  ['worldcup98', 'request-rates/worldcup98.csv.gz', 'requests'],
  ['bitbrains', 'bitbrains-2013-08/vm001.csv.gz', 'cpu_usage_pct'],
];
const STEP = 300;
const DAY = 86_400;
const ORIGINS = 3;
const HISTORY_DAYS = 21;
const REQUEST_TRACES = 7;

const CHROMIUM = process.env['CHROMIUM_PATH'] ?? '/usr/bin/chromium';
const PAGE = fileURLToPath(new URL('../workbench/dist/index.html', import.meta.url));
const skipPage = !existsSync(CHROMIUM)
  ? `no Chromium at ${CHROMIUM} (apt-get install chromium)`
  : !existsSync(PAGE) && 'the workbench is not built (npm run build)';

const skip = prometheusMissing() || (existsSync(DATA) ? false : `no traces at ${DATA}`);

interface Case {
  readonly workload: string;
  readonly trace: string;
  /** Five-minute means, past and (beyond the cut) truth, shifted so that the cut is `cutSeconds`. */
  readonly means: Series;
  readonly lines: readonly string[];
}

interface Sample {
  readonly metric: Readonly<Record<string, string>>;
  readonly value?: readonly [number, string];
  readonly values?: ReadonlyArray<readonly [number, string]>;
}

/** The traces as a Prometheus knows them: cut at several origins a day apart, each cut moved to `cutSeconds`. */
async function casesAt(cutSeconds: number): Promise<Case[]> {
  const cases: Case[] = [];
  for (const [trace, file, column] of SAMPLES) {
    const table = await readCsvTable(join(DATA, file));
    const raw: Series = { grid: table.grid, values: table.columns.get(column)! };
    const perRow = Math.max(1, table.grid.stepSeconds / STEP);
    const last = table.grid.startSeconds + (table.grid.length - 1) * table.grid.stepSeconds;
    for (let origin = 1; origin <= ORIGINS; origin++) {
      const workload = `${trace}-${origin}`;
      const shift = cutSeconds - Math.floor((last - origin * DAY) / 3600) * 3600;
      const lines: string[] = [];
      const repeated: number[] = [];
      raw.values.forEach((value, index) => {
        const time = table.grid.startSeconds + index * table.grid.stepSeconds + shift;
        for (let part = 0; part < perRow; part++) {
          repeated.push(value);
          const at = time + part * STEP;
          if (at <= cutSeconds && at > cutSeconds - (HISTORY_DAYS + 1) * DAY && !Number.isNaN(value)) {
            lines.push(`requests{workload="${workload}"} ${value} ${at}`);
          }
        }
      });
      const fine: Series = {
        grid: {
          startSeconds: table.grid.startSeconds + shift,
          stepSeconds: table.grid.stepSeconds / perRow,
          length: repeated.length,
        },
        values: Float64Array.from(repeated),
      };
      cases.push({ workload, trace, means: trailingMeans(fine), lines });
    }
  }
  return cases;
}

/** What `avg_over_time(x[5m])` gives at each whole step: the mean of the samples in (t - 5m, t]. */
function trailingMeans(series: Series): Series {
  const { grid, values } = series;
  if (grid.stepSeconds === STEP) {
    return series;
  }
  const moved = resampleMean({ grid: { ...grid, startSeconds: grid.startSeconds - grid.stepSeconds }, values }, STEP);
  return { grid: { ...moved.grid, startSeconds: moved.grid.startSeconds + STEP }, values: moved.values };
}

function meanAt({ grid, values }: Series, time: number): number {
  return values[Math.round((time - grid.startSeconds) / grid.stepSeconds)] ?? Number.NaN;
}

describe('from a real Prometheus to a forecast, a recommendation and an alert', { skip }, () => {
  const cutSeconds = Math.floor(Date.now() / 1000 / STEP) * STEP;
  let cases: Case[] = [];
  let directory = '';
  let prometheus: PrometheusServer;
  let sidecar: ChildProcess;
  let url = '';

  const perReplica = new Map<string, number>();
  const configFile = () => join(directory, 'workloads.yaml');
  const writeConfig = () =>
    writeFile(
      configFile(),
      stringify({
        sources: [{ name: 'prom', type: 'prometheus', url: prometheus.url }],
        workloads: cases.map(({ workload }) => ({
          name: workload,
          activity: { requests: { query: `avg_over_time(requests{workload="${workload}"}[5m])` } },
          capacity: {
            replicas: { query: `replicas{workload="${workload}"}` },
            perReplica: perReplica.get(workload),
          },
          scaling: { leadTime: '5m' },
        })),
      })
    );

  async function get(path: string, parameters: Record<string, string> = {}): Promise<unknown> {
    const response = await fetch(`${url}${path}?${new URLSearchParams(parameters).toString()}`);
    assert.equal(response.status, 200, `${path}: ${await response.clone().text()}`);
    return response.json();
  }

  async function ask(query: string, parameters: Record<string, string>, range = false): Promise<readonly Sample[]> {
    const path = `/prometheus/api/v1/query${range ? '_range' : ''}`;
    const answer = (await get(path, { query, ...parameters })) as { data: { result: readonly Sample[] } };
    return answer.data.result;
  }

  async function askPrometheus(query: string, parameters: Record<string, string>, range = false) {
    const path = `/api/v1/query${range ? '_range' : ''}`;
    const answer = (await prometheus.get(path, { query, ...parameters })) as { data: { result: readonly Sample[] } };
    return answer.data.result;
  }

  /** Asks until the answer is there; the bound is generous, since it only matters when something is broken. */
  async function until<T>(what: string, answer: () => Promise<T | undefined>): Promise<T> {
    for (let attempt = 0; attempt < 600; attempt++) {
      const value = await answer();
      if (value !== undefined) {
        return value;
      }
      await delay(200);
    }
    throw new Error(`${what}: not within two minutes`);
  }

  before(async () => {
    directory = await mkdtemp(join(tmpdir(), 'headroom-end-to-end-'));
    cases = await casesAt(cutSeconds);
    const replicaLines = cases.flatMap(({ workload }) =>
      Array.from(
        { length: 14 * 12 + 1 },
        (_, index) => `replicas{workload="${workload}"} 10 ${cutSeconds + (index - 168) * STEP}`
      )
    );
    for (const { workload, means } of cases) {
      const peak = means.values.reduce((most, value) => (value > most ? value : most), 0);
      perReplica.set(workload, peak);
    }
    prometheus = await startPrometheus(
      [
        '# TYPE requests gauge',
        ...cases.flatMap((each) => each.lines),
        '# TYPE replicas gauge',
        ...replicaLines,
        '# EOF',
        '',
      ].join('\n')
    );
    await writeConfig();
    sidecar = spawn(
      process.execPath,
      [fileURLToPath(new URL('./headroom.mjs', import.meta.url)), 'serve', '--config', configFile()],
      {
        env: {
          ...process.env,
          HEADROOM_LISTEN: '127.0.0.1:0',
          HEADROOM_DATA_DIR: join(directory, 'data'),
          HEADROOM_LOG_LEVEL: 'error',
          // Nothing here looks at what is trained and judged meanwhile.
          HEADROOM_TRAINING_CPU_SHARE: '0',
          HEADROOM_SHADOW_CPU_SHARE: '0',
        },
        stdio: ['ignore', 'pipe', 'inherit'],
      }
    );
    for await (const line of createInterface({ input: sidecar.stdout! })) {
      const found = /ready at (\S+)/.exec(line);
      if (found) {
        url = found[1]!;
        break;
      }
    }
    await until('all models chosen', async () => {
      const { workloads } = (await get('/api/v1/workloads')) as {
        workloads: ReadonlyArray<{ health: { state: string }; warnings: readonly string[] }>;
      };
      const isSettled = workloads.every(
        ({ health, warnings }) => health.state !== 'starting' && !warnings.some((text) => text.includes('being chosen'))
      );
      return isSettled ? true : undefined;
    });
  });

  after(async () => {
    if (sidecar.exitCode === null) {
      sidecar.kill('SIGTERM');
      await once(sidecar, 'exit');
    }
    await prometheus.stop();
    await rm(directory, { recursive: true, force: true });
  });

  it('forecasts better than seasonal-naive on most traces, and its 80 % band covers', async (t) => {
    const wins: string[] = [];
    let inside = 0;
    let count = 0;
    const table: string[] = [];
    for (const trace of new Set(cases.map((each) => each.trace))) {
      let ours = 0;
      let naive = 0;
      for (const { workload, means } of cases.filter((each) => each.trace === trace)) {
        const range = { start: String(cutSeconds + 3600), end: String(cutSeconds + DAY), step: String(STEP) };
        const selector = `headroom_forecast{workload="${workload}",resource="requests"`;
        const rows = new Map<string, Map<number, number>>();
        for (const { metric, values } of await ask(`${selector},quantile=~"0.1|0.5|0.9"}`, range, true)) {
          rows.set(metric['quantile']!, new Map(values!.map(([time, text]) => [time, Number(text)])));
        }
        let scale = 0;
        let scaleCount = 0;
        for (let time = cutSeconds; time > cutSeconds - HISTORY_DAYS * DAY; time -= STEP) {
          const difference = Math.abs(meanAt(means, time) - meanAt(means, time - DAY));
          if (!Number.isNaN(difference)) {
            scale += difference;
            scaleCount++;
          }
        }
        for (let time = cutSeconds + 3600; time <= cutSeconds + DAY; time += STEP) {
          const truth = meanAt(means, time);
          const naiveValue = meanAt(means, time - DAY);
          const median = rows.get('0.5')?.get(time);
          assert.ok(median !== undefined && Number.isFinite(median), `${workload} has no forecast at ${time}`);
          if (Number.isNaN(truth) || Number.isNaN(naiveValue)) {
            continue;
          }
          ours += Math.abs(truth - median) / (scale / scaleCount);
          naive += Math.abs(truth - naiveValue) / (scale / scaleCount);
          inside += truth >= rows.get('0.1')!.get(time)! && truth <= rows.get('0.9')!.get(time)! ? 1 : 0;
          count++;
        }
      }
      table.push(`${trace}: MASE ${(ours / naive).toFixed(3)} of seasonal-naive's`);
      if (ours < naive && trace !== 'bitbrains') {
        wins.push(trace);
      }
    }
    table.push(`coverage of the 80 % band ${((100 * inside) / count).toFixed(1)} %`);
    table.forEach((line) => {
      t.diagnostic(line);
    });
    assert.ok(wins.length >= 4, `better on ${wins.length} of ${REQUEST_TRACES}\n${table.join('\n')}`);
    assert.ok(inside / count > 0.7 && inside / count < 0.9, table.join('\n'));
  });

  it(
    'draws it on the page, without an error on the console or a serious finding of axe',
    { skip: skipPage },
    async () => {
      const browser = await chromium.launch({
        executablePath: CHROMIUM,
        args: [
          '--no-sandbox',
          '--disable-gpu',
          '--disable-background-networking',
          '--disable-component-update',
          '--disable-sync',
        ],
      });
      try {
        const context = await browser.newContext({ viewport: { width: 1400, height: 1000 } });
        const page = await context.newPage();
        const faults: string[] = [];
        page.on('console', (message) => {
          if (message.type() === 'error') {
            faults.push(message.text());
          }
        });
        page.on('pageerror', (error) => faults.push(error.message));
        await page.goto(`${url}/a/headroom-capacity-app/workload/${cases[0]!.workload}?from=now-24h&to=now%2B24h`);
        const canvas = page.locator('canvas').first();
        await canvas.waitFor();
        const coloured = () =>
          canvas.evaluate((element) => {
            const surface = element as unknown as {
              readonly width: number;
              readonly height: number;
              getContext(kind: '2d'): {
                getImageData(x: number, y: number, width: number, height: number): { readonly data: Uint8ClampedArray };
              };
            };
            const left = Math.floor(surface.width * 0.6);
            const { data } = surface.getContext('2d').getImageData(left, 0, surface.width - left, surface.height);
            let count = 0;
            for (let at = 0; at < data.length; at += 4) {
              const [red, green, blue, alpha] = [data[at]!, data[at + 1]!, data[at + 2]!, data[at + 3]!];
              count += alpha > 24 && Math.max(red, green, blue) - Math.min(red, green, blue) > 40 ? 1 : 0;
            }
            return count / (data.length / 4);
          });
        await until('a band after now', async () => ((await coloured()) > 0.01 ? true : undefined));
        const { violations } = await new AxeBuilder({ page }).analyze();
        const grave = violations.filter(({ impact }) => impact === 'serious' || impact === 'critical');
        assert.deepEqual(
          grave.map(({ id, nodes }) => `${id}: ${nodes[0]?.html ?? ''}`),
          []
        );
        assert.deepEqual(faults, []);
      } finally {
        await browser.close();
      }
    }
  );

  it("gives the user's own Prometheus the future by remote read", async () => {
    await prometheus.configure(await remoteRead());
    const { workload } = cases[0]!;
    const selector = `headroom_forecast{workload="${workload}",resource="requests",quantile="0.5"}`;
    const time = String(cutSeconds + 6 * 3600);

    const [theirs] = await askPrometheus(selector, { time });
    const [ours] = await ask(selector, { time });
    assert.ok(theirs?.value && ours?.value);
    assert.equal(Number(theirs.value[1]), Number(ours.value[1]));

    const range = { start: String(cutSeconds + STEP), end: String(cutSeconds + DAY), step: '600' };
    const [theirRange] = await askPrometheus(selector, range, true);
    const [ourRange] = await ask(selector, range, true);
    assert.deepEqual(theirRange?.values, ourRange?.values);
    assert.ok(ourRange!.values!.length >= 140);

    const [joined] = await askPrometheus(`${selector} / on(workload) group_left() (requests offset 1d)`, { time });
    const yesterday = await askPrometheus(`requests{workload="${workload}"} offset 1d`, { time });
    assert.ok(Math.abs(Number(joined!.value![1]) - Number(ours.value[1]) / Number(yesterday[0]!.value![1])) < 1e-9);
  });

  it('fires an alerting rule over the future when capacity is cut', async () => {
    const { workload, means } = cases[0]!;
    const rule = stringify({
      groups: [
        {
          name: 'future',
          interval: '1s',
          rules: [
            {
              alert: 'ShortfallAhead',
              expr: `max_over_time(headroom_shortfall_probability{workload="${workload}",resource="any"}[24h] offset -24h) > 0.9`,
            },
          ],
        },
      ],
    });
    const config = `global: {}\nrule_files: [rules.yml]\n${await remoteRead()}`;
    await prometheus.configure(config, { 'rules.yml': rule });
    const firing = async () => {
      const { data } = (await prometheus.get('/api/v1/rules', {})) as {
        data: {
          groups: ReadonlyArray<{ rules: ReadonlyArray<{ state: string; health: string; lastError?: string }> }>;
        };
      };
      const [state] = data.groups[0]?.rules ?? [];
      assert.notEqual(state?.health, 'err', state?.lastError);
      return state?.health === 'ok' ? state.state : undefined;
    };
    assert.equal(await until('first evaluation', firing), 'inactive');

    const peak = means.values.reduce((most, value) => (value > most ? value : most), 0);
    perReplica.set(workload, peak / 100);
    await writeConfig();
    assert.equal(
      await until('the alert', async () => ((await firing()) === 'firing' ? 'firing' : undefined)),
      'firing'
    );

    const { recommendations } = (await get('/api/v1/recommendations', { workload })) as {
      recommendations: ReadonlyArray<{
        action: string;
        proposed: { replicas: number };
        reasons: ReadonlyArray<{ text: string }>;
      }>;
    };
    assert.equal(recommendations[0]?.action, 'raise');
    assert.ok(recommendations[0].proposed.replicas > 10);
    assert.ok(recommendations[0].reasons.length > 0);
  });

  async function remoteRead(): Promise<string> {
    const child = spawn(
      process.execPath,
      [fileURLToPath(new URL('./headroom.mjs', import.meta.url)), 'remote-read-config', '--url', url],
      {
        stdio: ['ignore', 'pipe', 'inherit'],
      }
    );
    let text = '';
    for await (const chunk of child.stdout) {
      text += String(chunk);
    }
    return text;
  }
});
