import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { publishedMetrics } from './publishedMetrics.ts';
import { metricsOf } from './metricsOf.ts';
import { filesIn, readText, readYaml, ROOT } from './readFiles.ts';
import { grafanaRuleFileSchema } from './schemas/alerting.ts';
import { appFileSchema } from './schemas/apps.ts';
import {
  dashboardProviderFileSchema,
  dashboardSchema,
  queryPanels,
  type Dashboard,
  type QueryPanel,
} from './schemas/dashboards.ts';
import { dataSourceFileSchema } from './schemas/dataSources.ts';

interface PluginJson {
  readonly id: string;
  readonly includes: ReadonlyArray<{ readonly type: string; readonly path?: string }>;
  readonly routes: ReadonlyArray<{ readonly headers?: ReadonlyArray<{ readonly content: string }> }>;
}

const PLUGIN = JSON.parse(readText('src/plugin.json')) as PluginJson;
const rules = filesIn('provisioning/alerting', '.yaml').map((path) => grafanaRuleFileSchema.parse(readYaml(path)));
const dashboards = filesIn('provisioning/dashboards', '.json').map((path): Dashboard =>
  dashboardSchema.parse(JSON.parse(readText(path)))
);
const sources = filesIn('provisioning/datasources', '.yaml').flatMap(
  (path) => dataSourceFileSchema.parse(readYaml(path)).datasources
);
const sourceUids = new Set(sources.map(({ uid }) => uid));

/** What a data source's expressions may name: the sidecar's own API has the first, a Prometheus both and the demo's. */
function knownTo(uid: string): ReadonlySet<string> {
  const { api, scraped, demo } = publishedMetrics();
  return uid === 'headroom' ? api : new Set([...api, ...scraped, ...demo]);
}

/** The data source that a variable of a dashboard holds at first. */
function sourceOf({ templating }: Dashboard, reference: string): string {
  const name = /^\$\{(\w+)\}$/.exec(reference)?.[1];
  const variable = templating.list.find((each) => each.name === name);
  assert.ok(variable?.type === 'datasource', `${reference} is no variable for a data source`);
  return variable.current.value;
}

function checkExpression(expression: string, uid: string, where: string): void {
  const metrics = metricsOf(expression);
  const unknown = [...metrics].filter((metric) => !knownTo(uid).has(metric));
  assert.deepEqual(unknown, [], `${where}: ${expression} names metrics that ${uid} does not have`);
}

test('there is something to check', () => {
  assert.ok(rules.length > 0 && dashboards.length === 5 && sources.length > 1);
});

test('every file of Grafana’s provisioning is read by one of these tests', () => {
  assert.deepEqual(filesIn('provisioning/dashboards', '.yaml'), ['provisioning/dashboards/headroom.yaml']);
  assert.deepEqual(filesIn('provisioning/plugins', '.yaml'), ['provisioning/plugins/headroom.yaml']);
  for (const folder of ['alerting', 'dashboards', 'datasources', 'plugins']) {
    assert.deepEqual(filesIn(`provisioning/${folder}`, '.yml'), [], `${folder}: Grafana reads .yml too`);
  }
});

test('uids and titles are unique', () => {
  const unique = (names: readonly string[]) => {
    assert.deepEqual([...new Set(names)], names);
  };
  const all = rules.flatMap(({ groups }) => groups);
  unique(all.flatMap((group) => group.rules.map(({ uid }) => uid)));
  unique(all.map(({ folder, name }) => `${folder}/${name}`));
  unique(all.flatMap(({ folder, rules: own }) => own.map(({ title }) => `${folder}/${title}`)));
  unique(dashboards.map(({ uid }) => uid));
  unique(sources.map(({ uid }) => uid));
  assert.equal(sources.filter(({ isDefault }) => isDefault === true).length, 1);
});

test('every rule’s steps refer to steps before them, and its condition is one of them', () => {
  for (const { uid, condition, data } of rules.flatMap(({ groups }) => groups.flatMap((group) => group.rules))) {
    const before = new Set<string>();
    for (const { refId, model } of data) {
      assert.equal(model.refId, refId, uid);
      assert.ok(!before.has(refId), `${uid}: two steps are called ${refId}`);
      if ('expression' in model) {
        assert.ok(before.has(model.expression), `${uid}: ${refId} reads ${model.expression}, which is not before it`);
      }
      before.add(refId);
    }
    const decides = data.find(({ refId }) => refId === condition);
    assert.ok(decides !== undefined && 'type' in decides.model && decides.model.type === 'threshold', uid);
  }
});

test('intervals are whole evaluations, and no rule waits less than one of them without saying so', () => {
  for (const { name, interval } of rules.flatMap(({ groups }) => groups)) {
    assert.equal(seconds(interval) % 10, 0, `${name}: Grafana evaluates every 10 s`);
  }
  for (const { interval, rules: own } of rules.flatMap(({ groups }) => groups)) {
    for (const { uid, for: wait } of own) {
      assert.ok(seconds(wait) === 0 || seconds(wait) >= seconds(interval), uid);
    }
  }
});

test('a shortfall keeps its state when it can’t be evaluated, and that has a rule of its own', () => {
  const all = rules.flatMap(({ groups }) => groups.flatMap((group) => group.rules));
  const alarms = all.filter(({ execErrState }) => execErrState === 'Alerting');
  assert.ok(alarms.some(({ data }) => data.some(({ datasourceUid }) => datasourceUid === 'headroom')));
  for (const { uid, execErrState, noDataState, data } of all.filter((rule) => !alarms.includes(rule))) {
    assert.equal(execErrState, 'KeepLast', uid);
    const isEmptyWhenWell = data.some(
      ({ model }) =>
        'expr' in model &&
        / unless |^min_over_time\(timestamp\(|headroom_workload_(target_up|last_action|benched|training_failures)/.test(
          model.expr
        )
    );
    assert.equal(noDataState, isEmptyWhenWell ? 'OK' : 'KeepLast', uid);
  }
  const shortfall = all.find(({ uid }) => uid === 'headroom-predicted-shortfall');
  assert.equal(shortfall?.noDataState, 'KeepLast');
  const query = shortfall.data[0];
  assert.ok(query !== undefined && 'relativeTimeRange' in query);
  assert.deepEqual(query.relativeTimeRange, { from: 0, to: -86_400 });
});

test('rules ask data sources that are provisioned, for metrics that they have, and show panels that exist', () => {
  for (const { uid, data, dashboardUid, panelId } of rules.flatMap(({ groups }) => groups.flatMap((g) => g.rules))) {
    for (const step of data) {
      if ('expr' in step.model) {
        assert.ok(sourceUids.has(step.datasourceUid), `${uid}: no data source ${step.datasourceUid}`);
        assert.equal(step.model.datasource.uid, step.datasourceUid, uid);
        checkExpression(step.model.expr, step.datasourceUid, uid);
      }
    }
    if (dashboardUid !== undefined) {
      const dashboard = dashboards.find((each) => each.uid === dashboardUid);
      assert.ok(
        dashboard?.panels.some(({ id }) => id === panelId),
        `${uid}: no panel ${String(panelId)}`
      );
    }
  }
});

test('dashboards ask data sources that are provisioned, for metrics that they have', () => {
  for (const dashboard of dashboards) {
    const { uid, annotations, templating } = dashboard;
    for (const { id, datasource, targets } of queryPanels(dashboard)) {
      const source = sourceOf(dashboard, datasource.uid);
      assert.ok(sourceUids.has(source), `${uid}, panel ${id}`);
      for (const target of targets) {
        assert.equal(target.datasource.uid, datasource.uid, `${uid}, panel ${id}`);
        checkExpression(target.expr, source, `${uid}, panel ${id}`);
      }
      assert.equal(new Set(targets.map(({ refId }) => refId)).size, targets.length, `${uid}, panel ${id}`);
    }
    for (const { expr, datasource, name } of annotations.list) {
      checkExpression(expr, sourceOf(dashboard, datasource.uid), `${uid}, annotation ${name}`);
    }
    for (const variable of templating.list) {
      if (variable.type === 'query') {
        const [, selector, label] = /^label_values\((.+), (\w+)\)$/.exec(variable.query.query) ?? [];
        assert.ok(selector !== undefined && label === variable.name, `${uid}, variable ${variable.name}`);
        checkExpression(selector, sourceOf(dashboard, variable.datasource.uid), `${uid}, variable ${variable.name}`);
      }
    }
  }
});

test('panels have ids of their own and don’t overlap; what asks about now says so', () => {
  for (const dashboard of dashboards) {
    const { uid, panels } = dashboard;
    assert.equal(new Set(panels.map(({ id }) => id)).size, panels.length, uid);
    for (const [index, { gridPos: a, id }] of panels.entries()) {
      for (const { gridPos: b, id: other } of panels.slice(index + 1)) {
        const isApart = a.x + a.w <= b.x || b.x + b.w <= a.x || a.y + a.h <= b.y || b.y + b.h <= a.y;
        assert.ok(isApart, `${uid}: panels ${id} and ${other} overlap`);
      }
    }
    for (const { id, targets, timeFrom } of queryPanels(dashboard)) {
      // An instant query is asked at the end of the range, which lies a day ahead.
      const isInstant = targets.some(({ instant }) => instant);
      assert.equal(timeFrom !== undefined, isInstant, `${uid}, panel ${id}`);
    }
  }
});

/** What shows probabilities or replicas alone, and says so itself. */
const APP_PANELS: ReadonlySet<string> = new Set(['headroom-shortfalltimeline-panel', 'headroom-recommendation-panel']);

test('every number has a unit: the field’s, or the one that its series say themselves', () => {
  for (const dashboard of dashboards) {
    for (const { id, type, targets, fieldConfig } of queryPanels(dashboard)) {
      const where = `${dashboard.uid}, panel ${id}`;
      if (type === 'headroom-forecastband-panel') {
        assert.ok(
          targets.some(({ expr }) => /^headroom_\w*(actual|forecast)\{[^}]*\}$/.test(expr)),
          `${where}: no series with the label unit`
        );
        continue;
      }
      if (APP_PANELS.has(type)) {
        continue;
      }
      assert.ok(typeof fieldConfig.defaults['unit'] === 'string' && fieldConfig.defaults['unit'] !== '', where);
      if (type === 'table') {
        const units = fieldConfig.overrides.filter(({ properties }) => properties.some((each) => each.id === 'unit'));
        assert.equal(units.length, targets.length, `${where}: a column of numbers without a unit`);
      }
    }
  }
});

test('colours are names of Grafana’s palette, which has them for the dark and the light theme', () => {
  for (const { uid, panels } of dashboards) {
    for (const [, color = ''] of JSON.stringify(panels).matchAll(/"(?:color|fixedColor)":"([^"]*)"/g)) {
      assert.match(color, /^(green|yellow|orange|red|blue|text|transparent)$/, uid);
    }
  }
});

test('dashboards of what is to come reach into the future, with a line at now', () => {
  const ahead = dashboards.filter(({ time }) => time.to !== 'now');
  assert.deepEqual(ahead.map(({ uid }) => uid).sort(), ['headroom-fleet', 'headroom-kpis', 'headroom-workload']);
  for (const { uid, time, annotations } of ahead) {
    assert.equal(time.to, 'now+24h', uid);
    assert.equal(annotations.list.length, 1, uid);
  }
});

test('every dashboard links to every other, with its time range and variables', () => {
  for (const { uid, links } of dashboards) {
    for (const other of dashboards.filter((each) => each.uid !== uid)) {
      const link = links.find(({ url }) => url === `/d/${other.uid}`);
      assert.ok(link?.keepTime === true && link.includeVars, `${uid} to ${other.uid}`);
    }
  }
});

test('variables that expressions and titles use are declared', () => {
  for (const dashboard of dashboards) {
    const declared = new Set(dashboard.templating.list.map(({ name }) => name));
    const text = JSON.stringify([dashboard.panels, dashboard.templating.list.map(({ query }) => query)]);
    for (const [, name = ''] of text.matchAll(/\$\{?(?!\{?__)(\w+)/g)) {
      assert.ok(declared.has(name), `${dashboard.uid}: $${name}`);
    }
  }
});

test('dashboards lie where their provider looks, and links between them lead somewhere', () => {
  const { providers } = dashboardProviderFileSchema.parse(readYaml('provisioning/dashboards/headroom.yaml'));
  const mounts = readText('docker-compose.yaml');
  for (const { options } of providers) {
    assert.ok(mounts.includes(`./provisioning/dashboards:${options.path}:ro`), options.path);
  }
  const addresses = new Set(dashboards.map(({ uid }) => uid));
  for (const [, uid = ''] of JSON.stringify(dashboards).matchAll(/"\/d\/([\w-]+)/g)) {
    assert.ok(addresses.has(uid), `no dashboard ${uid}`);
  }
});

test('the app that is provisioned is the plugin, and gets the secrets that its routes send', () => {
  const { apps } = appFileSchema.parse(readYaml('provisioning/plugins/headroom.yaml'));
  assert.deepEqual(
    apps.map(({ type }) => type),
    [PLUGIN.id]
  );
  const routes = JSON.stringify(PLUGIN.routes);
  const secrets = new Set([...routes.matchAll(/\.SecureJsonData\.(\w+)/g)].map(([, name = '']) => name));
  for (const { jsonData, secureJsonData } of apps) {
    assert.deepEqual(Object.keys(secureJsonData), [...secrets]);
    assert.ok(sourceUids.has(jsonData.datasourceUid));
  }
});

test('panels that dashboards use are nested in the plugin', () => {
  const nested = PLUGIN.includes
    .filter(({ type }) => type === 'panel')
    .map(({ path = '' }) => join('src', path))
    .map((path) => {
      assert.ok(existsSync(join(ROOT, path)), path);
      return (JSON.parse(readText(path)) as { id: string }).id;
    });
  const core: ReadonlyArray<QueryPanel['type']> = ['stat', 'table', 'timeseries', 'barchart', 'state-timeline'];
  for (const dashboard of dashboards) {
    const { uid } = dashboard;
    for (const { type } of queryPanels(dashboard)) {
      assert.ok(core.includes(type) || nested.includes(type), `${uid}: ${type}`);
    }
  }
});

function seconds(duration: string): number {
  const [, count = '', unit = ''] = /^(\d+)(ms|s|m|h|d|w)$/.exec(duration) ?? [];
  return Number(count) * ({ ms: 0.001, s: 1, m: 60, h: 3600, d: 86_400, w: 604_800 }[unit] ?? Number.NaN);
}
