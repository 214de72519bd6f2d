import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { it } from 'node:test';
import { fastify } from 'fastify';
import { prometheusRoutes } from '../../backend/http/index.ts';
import { exampleFleet } from '../../backend/http/prometheus/fleet/exampleFleet.ts';

const RECIPE = readFileSync(new URL('scale-with-keda.md', import.meta.url), 'utf8');

for (const [state, expected] of [
  ['ok', ['7']],
  ['stale', []],
  ['failing', []],
] as const) {
  it(`the query of the recipe, asked as KEDA asks it, has ${String(expected.length)} answers for a workload that is ${state}`, async () => {
    const nowSeconds = 1_790_000_123;
    const view = { health: { state, problem: null, lastSuccessAt: nowSeconds } };
    const app = fastify();
    const fleet = exampleFleet({ nowSeconds, view });
    const access = { tokens: new Map(), isReadPublic: true };
    await app.register((scope) => prometheusRoutes(scope, { fleet, access, version: '0.1.0' }));
    const query = /^ +query: (.+)$/m.exec(RECIPE)![1]!.replaceAll('"checkout"', '"shop-0"');
    const time = new Date(nowSeconds * 1000).toISOString().replace('.000', '');
    const url = `/prometheus/api/v1/query?query=${encodeURIComponent(query)}&time=${time}`;
    const response = await app.inject({ url });
    const { data } = response.json<{ data: { result: ReadonlyArray<{ value: [number, string] }> } }>();
    assert.deepEqual(
      data.result.map(({ value }) => value[1]),
      expected
    );
  });
}
