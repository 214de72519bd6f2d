import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { evaluateInstant, evaluateRange, MemorySamples, parseExpression } from '../../backend/promql/index.ts';
import { startDemoSidecar, type DemoSidecar } from '../demoSidecar.fixture.ts';
import { readExposition } from '../readExposition.ts';
import { dashboardSchema, queryPanels, type Dashboard } from '../schemas/dashboards.ts';
import { boards } from './boards.ts';

const WORKLOAD = 'checkout';
const RANGE_POINTS = 500;
const SCRAPE_SECONDS = 15;
const SCRAPED_SECONDS = 1800;
/** When the sidecar's counters began to grow, seconds before now, as its Prometheus is made to see it. */
const GREW_SECONDS = 120;

const NOTHING_SCORED = 'accuracy is scored on truths that come after the first forecast: from the second step on';
const NO_PAST = 'what was foreseen in the past is there once the demo has run for a while';
const NOTHING_FAILED = 'nothing fails on the demo';
const NO_FIT = 'the first fit may still be under way';
const NO_DRIFT = 'nothing is said of drift in the first week';

/** Queries that have no data on a demo that has just begun, by `dashboard/panel/letter`, or all of a panel's. */
const EMPTY: Readonly<Record<string, string>> = {
  'headroom-workload/7': NOTHING_SCORED,
  'headroom-workload/8/A': NO_DRIFT,
  'headroom-accuracy/1': NOTHING_SCORED,
  'headroom-accuracy/2': NOTHING_SCORED,
  'headroom-accuracy/3': NOTHING_SCORED,
  'headroom-accuracy/4': NOTHING_SCORED,
  'headroom-accuracy/5': NO_DRIFT,
  'headroom-accuracy/7': NOTHING_SCORED,
  'headroom-accuracy/8': NOTHING_SCORED,
  'headroom-accuracy/9': NOTHING_SCORED,
  'headroom-accuracy/10': NOTHING_SCORED,
  'headroom-accuracy/11': NOTHING_SCORED,
  'headroom-accuracy/12': NOTHING_SCORED,
  'headroom-accuracy/13': NO_DRIFT,
  'headroom-accuracy/15': NO_PAST,
  'headroom-accuracy/16': NO_PAST,
  'headroom-health/8/C': NO_FIT,
  'headroom-health/13': NOTHING_FAILED,
  'headroom-health/15': NOTHING_FAILED,
};

/** What must be there at once before the dashboards are looked at; the rest comes before these. */
const AWAITED = [
  `headroom_shortfall_probability_window{workload="${WORKLOAD}"}`,
  `headroom_near_forecast{workload="${WORKLOAD}"} offset -15m`,
  `headroom_planning_forecast{workload="${WORKLOAD}"} offset -2d`,
  'count(count by (workload) (headroom_cost_hourly offset -10m)) == 7',
  // The present is there from each turn until the end of its step, but for one workload that may have a gap.
  'count(count by (workload) (headroom_actual)) >= 6',
  'count(headroom_shortfall_probability_window{resource="any",window="24h"}) >= 6',
  `headroom_scenario_weight{workload="${WORKLOAD}"}`,
];

interface Asked {
  readonly where: string;
  readonly expr: string;
  readonly source: string;
  /** Absent: at now. */
  readonly range?: { readonly fromSeconds: number; readonly toSeconds: number };
}

const dashboards = Object.values(boards()).map((board) => dashboardSchema.parse(board));

describe('on the demo', () => {
  let demo: DemoSidecar;
  let scraped: MemorySamples;
  let nowSeconds: number;

  before(async () => {
    demo = await startDemoSidecar(AWAITED);
    ({ nowSeconds } = demo);
    scraped = scrapesOf(await (await fetch(`${demo.url}/metrics`)).text(), nowSeconds);
  });
  after(() => demo.close());

  for (const dashboard of dashboards) {
    it(`every query of ${dashboard.title} is answered, and with data`, async () => {
      const empty: string[] = [];
      for (const asked of queriesOf(dashboard, nowSeconds)) {
        const count = asked.source === 'headroom' ? await ask(demo.url, asked, nowSeconds) : await askScraped(asked);
        const reason = EMPTY[asked.where] ?? EMPTY[panelOf(asked.where)];
        if (count === 0 && reason === undefined) {
          empty.push(`${asked.where}: ${asked.expr}`);
        }
      }
      assert.deepEqual(empty, []);
    });
  }

  it('what may be empty is a query that exists', () => {
    const known = dashboards.flatMap((each) =>
      queriesOf(each, nowSeconds).flatMap(({ where }) => [where, panelOf(where)])
    );
    assert.deepEqual(
      Object.keys(EMPTY).filter((where) => !known.includes(where)),
      []
    );
  });

  it('every variable offers something', async () => {
    for (const { uid, templating } of dashboards) {
      for (const variable of templating.list.filter((each) => each.type === 'query')) {
        const [, selector = '', label = ''] = /^label_values\((.+), (\w+)\)$/.exec(variable.query.query) ?? [];
        const expr = `count by (${label}) (${filled(selector)})`;
        const asked = { where: `${uid}, ${variable.name}`, expr, source: 'headroom' };
        const isScraped = variable.datasource.uid === '${metrics}';
        assert.ok((await (isScraped ? askScraped(asked) : ask(demo.url, asked, nowSeconds))) > 0, asked.where);
      }
    }
  });

  async function askScraped({ expr, range }: Asked): Promise<number> {
    const parsed = parseExpression(expr);
    if (range === undefined) {
      const { value } = await evaluateInstant(scraped, parsed, nowSeconds * 1000);
      return value.type === 'vector' ? value.samples.filter((sample) => !Number.isNaN(sample.value)).length : 0;
    }
    const { fromSeconds, toSeconds } = range;
    const step = Math.max(SCRAPE_SECONDS, Math.ceil((toSeconds - fromSeconds) / RANGE_POINTS));
    // A grid on which now lies: the scrapes end there.
    const start = nowSeconds - Math.floor((nowSeconds - fromSeconds) / step) * step;
    const { value } = await evaluateRange(scraped, parsed, start * 1000, toSeconds * 1000, step * 1000);
    return value.type === 'matrix' ? value.series.filter(({ values }) => !values.every(Number.isNaN)).length : 0;
  }
});

/** As a Prometheus has them that scrapes every 15 seconds: until two minutes ago every counter stood at 0. */
function scrapesOf(text: string, nowSeconds: number): MemorySamples {
  const samples = new MemorySamples();
  const grewSeconds = nowSeconds - GREW_SECONDS;
  const times = Float64Array.from(
    { length: Math.floor(SCRAPED_SECONDS / SCRAPE_SECONDS) + 1 },
    (_, index) => (nowSeconds - SCRAPED_SECONDS + index * SCRAPE_SECONDS) * 1000
  );
  for (const { labels, value } of readExposition(text, { job: 'headroom', instance: 'headroom:8370' })) {
    const isCounter = /_(total|bucket|count|sum)$/.test(labels.get('__name__'));
    const values = times.map((time) => (isCounter && time < grewSeconds * 1000 ? 0 : value));
    samples.store(labels, { timestamps: times, values });
  }
  return samples;
}

function panelOf(where: string): string {
  return where.replace(/\/[A-Z]$/, '');
}

function queriesOf(dashboard: Dashboard, now: number): Asked[] {
  const range = { fromSeconds: now + offsetOf(dashboard.time.from), toSeconds: now + offsetOf(dashboard.time.to) };
  return queryPanels(dashboard).flatMap(({ id, targets }) =>
    targets.map(({ expr, refId, instant, datasource }) => ({
      where: `${dashboard.uid}/${String(id)}/${refId}`,
      expr: filled(expr),
      source: datasource.uid === '${datasource}' ? 'headroom' : 'metrics',
      ...(instant ? {} : { range }),
    }))
  );
}

/** The expression with the values that a reader would choose: one workload where one is asked for, else all. */
function filled(expr: string): string {
  return expr
    .replaceAll('workload="$workload"', `workload="${WORKLOAD}"`)
    .replaceAll('resource="$resource"', 'resource="requests"')
    .replaceAll('$lead', '15m')
    .replaceAll(/=~"\$\w+"/g, '=~".*"');
}

function offsetOf(time: string): number {
  const [, sign = '+', count = '0', unit = 's'] = /^now(?:([+-])(\d+)([hd]))?$/.exec(time) ?? [];
  return Number(`${sign}${count}`) * ({ h: 3600, d: 86_400, s: 1 }[unit] ?? Number.NaN);
}

/** How many series are answered; a failure is one of the test. */
async function ask(url: string, { where, expr, range }: Asked, nowSeconds: number): Promise<number> {
  const step = range && Math.max(60, Math.ceil((range.toSeconds - range.fromSeconds) / RANGE_POINTS));
  const response = await fetch(`${url}/prometheus/api/v1/${range === undefined ? 'query' : 'query_range'}`, {
    method: 'POST',
    body: new URLSearchParams({
      query: expr,
      ...(range === undefined
        ? { time: String(nowSeconds) }
        : { start: String(range.fromSeconds), end: String(range.toSeconds), step: String(step) }),
    }),
  });
  const answer = (await response.json()) as { readonly data?: { readonly result: readonly unknown[] } };
  assert.equal(response.status, 200, `${where}: ${expr}: ${JSON.stringify(answer)}`);
  return answer.data?.result.length ?? 0;
}
