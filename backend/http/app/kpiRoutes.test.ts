import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { kpisResponseSchema } from '../../../contract/index.ts';
import type { KpiDay } from '../../learning/index.ts';
import { createServer } from '../server.ts';
import { html } from './report/html.ts';
import { reportHtml } from './report/reportHtml.ts';
import { kpiRoutes } from './kpiRoutes.ts';

const DAY = 86_400;
const NOW = Date.UTC(2026, 10, 20) / 1000 + 3600;
const EVIL = '=HYPERLINK("http://x")<script>alert(1)</script>';

const days: readonly KpiDay[] = Array.from({ length: 10 }, (_, index) => ({
  ...{
    workload: index % 2 === 0 ? 'shop' : EVIL,
    account: 'acme',
    tier: 'gold',
    daySeconds: Date.UTC(2026, 10, 1 + index) / 1000,
  },
  ...{
    stepSeconds: 300,
    expectedSteps: 288,
    measuredSteps: 200,
    usedReplicaHours: 50,
    seasonal: null,
    forecast: null,
    slo: null,
  },
  actual: { replicaHours: 100, violationMinutes: 0 },
  reactive: { replicaHours: 120 + index, violationMinutes: 5 },
  ...{ replicaHour: 0.1, violationMinute: 1, currency: 'USD', isActedOn: true },
}));

async function ask(query: string, headers: Record<string, string> = {}) {
  const app = await createServer({
    access: { tokens: new Map(), isReadPublic: true },
    ...{ version: '0', logger: false, plugins: [], readiness: () => ({ isReady: true, reasons: [] }) },
    routes: kpiRoutes({
      kpis: {
        days: (from, to) => Promise.resolve(days.filter(({ daySeconds }) => daySeconds >= from && daySeconds < to)),
      },
      nowSeconds: () => NOW,
    }),
  });
  const answer = await app.inject({ url: `/api/v1/kpis${query}`, headers });
  await app.close();
  return answer;
}

describe('GET /kpis', () => {
  it('answers by group and period, in the shape of the contract', async () => {
    const all = kpisResponseSchema.parse((await ask('')).json());
    assert.equal(all.figures.length, 1);
    assert.ok(Math.abs(all.figures[0]!.missingShare - 88 / 288) < 1e-9);
    const parted = kpisResponseSchema.parse((await ask('?by=workload&period=week')).json());
    assert.equal(parted.figures.length, 5);
    assert.deepEqual(kpisResponseSchema.parse((await ask('?start=2026-11-15T00:00:00Z')).json()).figures, []);
  });

  it('answers CSV that no spreadsheet runs, by format and by Accept', async () => {
    for (const answer of [await ask('?by=workload&format=csv'), await ask('?by=workload', { accept: 'text/csv' })]) {
      assert.match(String(answer.headers['content-type']), /^text\/csv/);
      assert.match(answer.body, /\r\n"'=HYPERLINK\(""http/);
      assert.ok(!/(^|,)[=@]/m.test(answer.body));
    }
  });

  it('refuses what is no time, group or span', async () => {
    for (const query of [
      '?start=x',
      '?by=region',
      '?period=year',
      '?start=10&end=5',
      `?start=0&end=${String(500 * DAY)}`,
    ]) {
      const answer = await ask(query);
      assert.equal(answer.statusCode, 400, query);
      assert.equal(answer.json<{ code: string }>().code, 'API_PARAMETER_INVALID');
    }
  });
});

describe('the report', () => {
  const startSeconds = Date.UTC(2026, 10, 1) / 1000;
  const bare = {
    startSeconds,
    endSeconds: startSeconds + 30 * DAY,
    madeAtSeconds: NOW,
    decisions: [],
    isCut: false,
    accuracy: [],
  };

  it('escapes whatever it is given, and runs nothing', async () => {
    const page = await reportHtml({ ...bare, days });
    assert.ok(!page.includes('<script'));
    assert.ok(page.includes('&#60;script&#62;'));
    assert.match(page, /The fleet cost [\d.]+ USD less than the reactive autoscaler/);
    assert.equal(
      html`<i title="${'"<&'}">${[html`<b>x</b>`, '<']}</i>`.text,
      '<i title="&#34;&#60;&#38;"><b>x</b>&#60;</i>'
    );
  });

  it('says so where nothing was measured', async () => {
    assert.match(await reportHtml({ ...bare, days: [] }), /No day of this month has a figure/);
  });
});
