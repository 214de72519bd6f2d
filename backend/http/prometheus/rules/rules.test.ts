import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { prometheusMissing } from '../../../exams/prometheusServer.ts';
import { parseExpression } from '../../../promql/index.ts';
import { horizonAlerts, ownAlerts, remoteReadAlerts } from './alertRules.ts';
import { futureRecordings } from './futureRecordings.ts';
import { printRules } from './printRules.ts';
import { remoteReadConfig } from './remoteReadConfig.ts';

const AMTOOL = '/usr/bin/amtool';
const groups = [
  remoteReadAlerts(),
  horizonAlerts(),
  ...ownAlerts(),
  remoteReadAlerts({ probability: 0.2, ahead: '6h' }),
];

describe('alert rules', () => {
  it('hold expressions that parse, and say whom and what they are about', () => {
    for (const { rules } of groups) {
      for (const { expr, annotations, labels } of rules) {
        parseExpression(expr);
        assert.match(annotations['summary'] ?? '', /\$labels\.(workload|source)/);
        assert.deepEqual(Object.keys(labels).sort(), ['product', 'severity']);
      }
    }
  });

  it('look as far ahead as they are asked to', () => {
    const [shortfall] = remoteReadAlerts({ probability: 0.2, ahead: '6h' }).rules;
    assert.equal(shortfall?.expr, 'max_over_time(headroom_shortfall_probability{resource="any"}[6h] offset -6h) > 0.2');
  });
});

describe('the files that are printed', { skip: prometheusMissing() }, () => {
  it('are what promtool accepts', () => {
    const folder = mkdtempSync(join(tmpdir(), 'headroom-rules-'));
    try {
      const config = remoteReadConfig({ url: 'http://127.0.0.1:8370/' });
      writeFileSync(join(folder, 'rules.yml'), printRules([futureRecordings(), ...groups.slice(0, 2)]));
      writeFileSync(join(folder, 'prometheus.yml'), `rule_files: [rules.yml]\n${config}`);
      const output = execFileSync('/usr/bin/promtool', ['check', 'config', 'prometheus.yml'], {
        cwd: folder,
        encoding: 'utf8',
      });
      assert.match(output, /SUCCESS: 19 rules found/);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});

describe(
  "Alertmanager's example",
  { skip: !existsSync(AMTOOL) && `${AMTOOL} not installed (apt-get install prometheus-alertmanager)` },
  () => {
    const file = new URL('../../../../docs/examples/alertmanager.yml', import.meta.url).pathname;
    const amtool = (...args: readonly string[]): string =>
      execFileSync(AMTOOL, args, {
        encoding: 'utf8',
        stdio: ['ignore', 'pipe', 'ignore'],
        env: { ...process.env, HOME: tmpdir() },
      }).trim();

    it('is valid, and routes every rule by its labels', () => {
      assert.match(amtool('check-config', file), /SUCCESS/);
      const route = (labels: Readonly<Record<string, string>>): string =>
        amtool(
          'config',
          'routes',
          'test',
          `--config.file=${file}`,
          ...Object.entries(labels).map(([name, value]) => `${name}=${value}`)
        );
      const routes = new Map(
        groups
          .flatMap(({ rules }) => rules)
          .map(({ alert, labels }) => [alert, route({ ...labels, alertname: alert, tier: 'gold' })])
      );
      assert.deepEqual(Object.fromEntries(routes), {
        HeadroomPredictedShortfall: 'on-call',
        HeadroomPredictedShortfallWindow: 'on-call',
        HeadroomCapacityExhausted: 'capacity',
        HeadroomCapacityExhaustedHorizon: 'capacity',
        HeadroomForecastMissing: 'headroom-operators',
        HeadroomModelStale: 'headroom-operators',
        HeadroomForecastStale: 'headroom-operators',
        HeadroomForecastDrift: 'headroom-operators',
        HeadroomTargetFailing: 'headroom-operators',
        HeadroomRolledBack: 'headroom-operators',
        HeadroomModelBenched: 'headroom-operators',
        HeadroomRetrainingFailed: 'headroom-operators',
        HeadroomSourceDown: 'headroom-operators',
        HeadroomWorkloadFailing: 'headroom-operators',
      });
      assert.equal(route({ alertname: 'Other' }), 'default');
    });
  }
);
