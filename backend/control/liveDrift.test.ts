import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ScoreRow } from '../storage/index.ts';
import { liveDrift } from './liveDrift.ts';

const DAY = 86_400;
const TODAY = 20_000 * DAY;

function day(daysAgo: number, error: number, change: Partial<ScoreRow> = {}): ScoreRow {
  return {
    workload: 'shop',
    series: 'requests',
    model: 'auto',
    lead: '24h',
    daySeconds: TODAY - daysAgo * DAY,
    count: 288,
    sumCrps: error,
    sumAbsoluteError: error,
    sumScale: 1,
    sumAbsoluteActual: 1000,
    inside80: 230,
    inside90: 255,
    inside95: 270,
    ...change,
  };
}

test('is the growth of the relative error, of the series that grew most', () => {
  const rows = [day(0, 40), day(1, 40), day(2, 20), day(5, 20)];
  assert.equal(liveDrift(rows, TODAY), 2);
  const cpu = [day(1, 60), day(4, 20)].map((row) => ({ ...row, series: 'cpu' }));
  assert.equal(liveDrift([...rows, ...cpu], TODAY), 3);
  const twiceTheLoad = rows.map((row) => (row.daySeconds >= TODAY - DAY ? { ...row, sumAbsoluteActual: 2000 } : row));
  assert.equal(liveDrift(twiceTheLoad, TODAY), 1, 'errors that grow with the load are no drift');
});

test('nothing is said of too little, of errorless days and of the baseline', () => {
  assert.equal(liveDrift([], TODAY), undefined);
  assert.equal(liveDrift([day(0, 40)], TODAY), undefined);
  assert.equal(liveDrift([day(0, 40, { count: 20 }), day(3, 20)], TODAY), undefined);
  assert.equal(liveDrift([day(0, 40), day(3, 0)], TODAY), undefined);
  assert.equal(liveDrift([day(0, 40, { model: 'seasonal-naive' }), day(3, 20)], TODAY), undefined);
  assert.equal(liveDrift([day(0, 40, { sumAbsoluteActual: 0 }), day(3, 20)], TODAY), undefined);
});
