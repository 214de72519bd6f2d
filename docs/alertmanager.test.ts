import assert from 'node:assert/strict';
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { parse } from 'yaml';
import { freePort } from '../backend/exams/freePort.ts';
import { grafanaAlertRules } from '../backend/http/index.ts';
import { horizonAlerts, ownAlerts, remoteReadAlerts } from '../backend/http/prometheus/index.ts';
import { ROOT } from './markdown.fixture.ts';

const CONFIG = join(ROOT, 'docs/examples/alertmanager.yml');
const SERVER = '/usr/bin/prometheus-alertmanager';
const AMTOOL = '/usr/bin/amtool';
const missing = [SERVER, AMTOOL].filter((file) => !existsSync(file));
const skip = missing.length > 0 && `${missing.join(' and ')} not installed (apt-get install prometheus-alertmanager)`;

const alertNames = [
  ...[remoteReadAlerts(), horizonAlerts(), ...ownAlerts()].flatMap(({ rules }) => rules.map(({ alert }) => alert)),
  ...grafanaAlertRules().groups.flatMap(({ rules }) => rules.map(({ title }) => title)),
];

type Labels = Readonly<Record<string, string>>;

describe('the example of a routing', () => {
  it('names alerts that there are', () => {
    const matchers = JSON.stringify(parse(readFileSync(CONFIG, 'utf8'))).matchAll(/alertname(=~?)\\"(.+?)\\"/g);
    let count = 0;
    for (const [, operator, wanted = ''] of matchers) {
      count++;
      for (const each of operator === '=' ? [wanted] : wanted.split('|')) {
        assert.ok(
          alertNames.some((name) => new RegExp(`^(?:${each})$`).test(name)),
          each
        );
      }
    }
    assert.ok(count > 8);
  });

  it('sends every rule somewhere of Headroom’s, by its labels', { skip }, () => {
    const receiverOf = (labels: Labels) =>
      execFileSync(
        AMTOOL,
        [
          'config',
          'routes',
          'test',
          `--config.file=${CONFIG}`,
          ...Object.entries(labels).map((pair) => pair.join('=')),
        ],
        { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'], env: { ...process.env, HOME: tmpdir() } }
      ).trim();
    for (const { title, labels } of grafanaAlertRules().groups.flatMap(({ rules }) => rules)) {
      assert.notEqual(receiverOf({ alertname: title, tier: 'silver', ...labels }), 'default', title);
    }
    assert.equal(
      receiverOf({ alertname: 'HeadroomPredictedShortfall', tier: 'gold', product: 'headroom', severity: 'warning' }),
      'on-call'
    );
    assert.equal(
      receiverOf({ alertname: 'Headroom cannot be asked', product: 'headroom', severity: 'critical' }),
      'on-call'
    );
    assert.equal(receiverOf({ alertname: 'DiskFull', severity: 'critical' }), 'default');
  });
});

describe('a real Alertmanager with it', { skip }, () => {
  let url: string;
  let stop: () => Promise<void>;

  before(async () => {
    const directory = await mkdtemp(join(tmpdir(), 'headroom-alertmanager-'));
    const address = `127.0.0.1:${String(await freePort())}`;
    url = `http://${address}`;
    const options = [
      `config.file=${CONFIG}`,
      `storage.path=${directory}`,
      `web.listen-address=${address}`,
      'cluster.listen-address=',
    ];
    const child = spawn(
      SERVER,
      options.map((option) => `--${option}`),
      { stdio: ['ignore', 'ignore', 'pipe'] }
    );
    stop = async () => {
      if (child.exitCode === null && child.signalCode === null) {
        child.kill('SIGKILL');
        await once(child, 'exit');
      }
      await rm(directory, { recursive: true, force: true });
    };
    const { promise, resolve, reject } = Promise.withResolvers<undefined>();
    let log = '';
    child.stderr.on('data', (chunk: Buffer) => {
      log += chunk.toString();
      if (log.includes(address)) {
        resolve(undefined);
      }
    });
    child.once('exit', () => {
      reject(new Error(`alertmanager ended: ${log.slice(-500)}`));
    });
    await promise;
  });
  after(() => stop());

  /** Which of these alerts are kept quiet while all of them fire. */
  async function inhibited(alerts: readonly Labels[]): Promise<string[]> {
    const response = await fetch(`${url}/api/v2/alerts`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(
        alerts.map((labels) => ({ labels: { product: 'headroom', severity: 'warning', ...labels } }))
      ),
    });
    assert.equal(response.status, 200, await response.text());
    const all = (await (await fetch(`${url}/api/v2/alerts`)).json()) as ReadonlyArray<{
      readonly labels: Labels;
      readonly status: { readonly inhibitedBy: readonly string[] };
    }>;
    return all
      .filter(({ status }) => status.inhibitedBy.length > 0)
      .map(({ labels }) => `${labels['alertname'] ?? ''} ${labels['workload'] ?? ''}`)
      .sort();
  }

  it('keeps stale forecasts quiet while their own source is down, and no others', async () => {
    const stale = (workload: string, source: string) => ({ alertname: 'HeadroomForecastStale', workload, source });
    assert.deepEqual(await inhibited([stale('shop', 'one'), stale('search', 'two')]), []);
    const quiet = await inhibited([
      { alertname: 'HeadroomSourceDown', source: 'one' },
      stale('shop', 'one'),
      stale('search', 'two'),
      { alertname: 'HeadroomPredictedShortfall', workload: 'shop' },
      { alertname: 'HeadroomPredictedShortfallWindow', workload: 'shop' },
      { alertname: 'HeadroomPredictedShortfallWindow', workload: 'search' },
      { alertname: 'HeadroomForecastDrift', workload: 'shop' },
    ]);
    assert.deepEqual(quiet, [
      'HeadroomForecastDrift shop',
      'HeadroomForecastStale shop',
      'HeadroomPredictedShortfallWindow shop',
    ]);
  });
});
