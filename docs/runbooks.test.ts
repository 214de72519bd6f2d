import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { grafanaAlertRules, runbookName } from '../backend/http/index.ts';
import { horizonAlerts, ownAlerts, remoteReadAlerts } from '../backend/http/prometheus/index.ts';
import { parseExpression } from '../backend/promql/index.ts';
import { metricsOf } from '../provisioning/metricsOf.ts';
import { publishedMetrics } from '../provisioning/publishedMetrics.ts';
import { DOCUMENTS, fenced } from './markdown.fixture.ts';

const FOLDER = 'docs/runbooks/';
const SECTIONS = [
  'What it means',
  'What it looks like',
  'First look',
  'What to do at 3 am',
  'How to silence it',
  'How it can be wrong',
];

const prometheusRules = [remoteReadAlerts(), horizonAlerts(), ...ownAlerts()].flatMap(({ rules }) => rules);
const grafanaRules = grafanaAlertRules().groups.flatMap(({ rules }) => rules);
const alerts = new Map<string, { readonly annotations: Readonly<Record<string, string>> }>([
  ...prometheusRules.map((rule) => [runbookName(rule.alert), rule] as const),
  ...grafanaRules.map((rule) => [rule.uid, rule] as const),
]);
const runbooks = new Map(
  DOCUMENTS.filter(({ name }) => name.startsWith(FOLDER) && name !== `${FOLDER}README.md`).map(({ name, text }) => [
    name.slice(FOLDER.length, -'.md'.length),
    text,
  ])
);
const list = DOCUMENTS.find(({ name }) => name === `${FOLDER}README.md`)?.text ?? '';

describe('runbooks', () => {
  it('there are as many as there are alerts, and they are listed', () => {
    assert.deepEqual([...runbooks.keys()].sort(), [...alerts.keys()].sort());
    for (const name of runbooks.keys()) {
      assert.ok(list.includes(`](${name}.md)`), `README.md does not list ${name}`);
    }
    for (const { title } of grafanaRules) {
      assert.ok(list.includes(title), `README.md does not know ${title}`);
    }
  });

  it('are what rules link to, where they link to any', () => {
    for (const [name, { annotations }] of alerts) {
      const link = annotations['runbook_url'];
      assert.ok(link === undefined || link.endsWith(`/docs/runbooks/${name}.md`), `${name}: ${String(link)}`);
    }
  });

  const { api, scraped } = publishedMetrics();
  for (const [name, text] of runbooks) {
    it(`${name} says all that is needed at night, in that order`, () => {
      const sections = Array.from(
        text.matchAll(/^## (.+)\n([\s\S]*?)(?=^## |$(?![\s\S]))/gm),
        ([, title = '', body = '']) => ({
          title,
          body,
        })
      );
      assert.deepEqual(
        sections.map(({ title }) => title),
        SECTIONS
      );
      for (const { title, body } of sections) {
        assert.ok(body.trim().length > 60, `${title} is empty`);
      }
    });

    it(`${name} asks what can be answered`, () => {
      const queries = fenced(text, 'promql').flatMap((block) => block.split(/\n\s*\n/));
      assert.ok(queries.length > 0);
      for (const query of queries) {
        parseExpression(query);
        for (const metric of metricsOf(query)) {
          const isKnown = api.has(metric) || scraped.has(metric) || metric === 'up' || metric.startsWith('process_');
          assert.ok(isKnown, `${metric} in ${query}`);
        }
      }
    });

    it(`${name} silences alerts that exist, for a while and with a reason`, () => {
      const commands = fenced(text, 'sh').flatMap((block) =>
        block.split('\n').filter((line) => line.startsWith('amtool'))
      );
      assert.ok(commands.length > 0);
      const names = [...prometheusRules.map(({ alert }) => alert), ...grafanaRules.map(({ title }) => title)];
      for (const command of commands) {
        const [, operator, quoted, plain] = /alertname(=~?)(?:"([^"]+)"|(\S+))/.exec(command) ?? [];
        const wanted = quoted ?? plain ?? '';
        const isNamed =
          operator === '=~' ? names.some((each) => new RegExp(`^(?:${wanted})$`).test(each)) : names.includes(wanted);
        assert.ok(isNamed, command);
        assert.match(command, /--duration=\d+[mhd] --comment="[^"]+"/);
      }
    });
  }
});
