import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, it } from 'node:test';
import { forecastResponseSchema, sparklinesResponseSchema } from '../../contract/api.ts';
import { startLargeAnswers } from './largeAnswers.ts';

const API = '/api/plugin-proxy/headroom-capacity-app/sidecar/api/v1';
const FORECAST = {
  ...{ workload: 'a', resource: 'requests', unit: 'reqps', range: 'day', aggregate: null, issuedAt: 100, now: 100 },
  ...{ model: 'auto', step: 10, times: [90, 100, 110], levels: [0.5], values: [[null, 2, 4]], mean: [null, 2, 4] },
  ...{ actual: [1, null, null], capacity: [9, 9, 9], shortfallProbability: [null, 0.1, 1], replicas: null },
  warnings: [],
};

const NONE: readonly number[] = [];
const SPARKLINE = {
  ...{ resource: 'requests', times: NONE, actual: NONE, lower: NONE, median: NONE, upper: NONE, capacity: NONE },
};

/** A sidecar that says `FORECAST` of every forecast, `SPARKLINE` of what it is asked for, and `as it is` of all else. */
async function aSidecar() {
  const server = createServer((request, response) => {
    const asked = new URL(request.url ?? '/', 'http://localhost');
    const answer = asked.pathname.endsWith('/forecast')
      ? FORECAST
      : asked.pathname.endsWith('/sparklines')
        ? { now: 100, sparklines: { [asked.searchParams.get('workloads') ?? '']: SPARKLINE } }
        : undefined;
    response.writeHead(200, { 'content-type': answer === undefined ? 'text/plain' : 'application/json' });
    response.end(answer === undefined ? 'as it is' : JSON.stringify(answer));
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return { server, url: `http://127.0.0.1:${String((server.address() as AddressInfo).port)}` };
}

describe('startLargeAnswers', () => {
  it('tells a forecast with as many instants as asked for, as the contract has it, and passes on all else', async () => {
    const { server, url } = await aSidecar();
    const large = await startLargeAnswers(url, { workloads: 10, times: 1000 });
    try {
      const answer = await fetch(`${large.url}${API}/workloads/a/forecast?resource=requests`);
      const forecast = forecastResponseSchema.parse(await answer.json());
      assert.equal(forecast.times.length, 1000);
      assert.deepEqual([forecast.times[0], forecast.times.at(-1)], [90, 110]);
      assert.equal(forecast.values[0]?.length, 1000);
      assert.equal(forecast.values[0][0], null);
      assert.ok(forecast.shortfallProbability.every((value) => value === null || value <= 1));
      assert.equal(await (await fetch(`${large.url}/else`)).text(), 'as it is');
    } finally {
      large.close();
      server.close();
    }
  });

  it('tells the sparklines of copies by asking for what they are copies of', async () => {
    const { server, url } = await aSidecar();
    const large = await startLargeAnswers(url, { workloads: 10, times: 1000 });
    try {
      const answer = await fetch(`${large.url}${API}/sparklines?workloads=a-b-0,a-b-11`);
      const { sparklines } = sparklinesResponseSchema.parse(await answer.json());
      assert.deepEqual(sparklines, { 'a-b-0': SPARKLINE, 'a-b-11': SPARKLINE });
    } finally {
      large.close();
      server.close();
    }
  });
});
