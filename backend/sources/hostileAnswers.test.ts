import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import type { SourceEntry } from '../../contract/index.ts';
import { HeadroomError } from '../errors/index.ts';
import { createSource } from './createSource.ts';
import { loopback, testDeps } from './http/loopback.fixture.ts';

const never = new AbortController().signal;
const GRID = { startSeconds: 600, stepSeconds: 60, length: 5 };

/** Anything that JSON can hold, now and then in the place of something that belongs there. */
const odd = fc.oneof(
  fc.jsonValue({ maxDepth: 2 }),
  fc.constantFrom(null, -1, 1e308, '', 'NaN', '__proto__', [], {}, [[]], [[600, '1']], [600_000, null])
);
const field = fc.record(
  { name: odd, type: fc.constantFrom('time', 'number', 'string', 7), labels: odd },
  { requiredKeys: [] }
);
const grafana = fc.record(
  {
    results: fc.oneof(
      odd,
      fc.record({
        A: fc.oneof(
          odd,
          fc.record(
            {
              error: odd,
              frames: fc.array(
                fc.record({
                  schema: fc.oneof(
                    odd,
                    fc.record({ fields: fc.array(field, { maxLength: 3 }), meta: odd }, { requiredKeys: ['fields'] })
                  ),
                  data: fc.oneof(
                    odd,
                    fc.record({ values: fc.array(fc.array(odd, { maxLength: 3 }), { maxLength: 3 }) })
                  ),
                })
              ),
            },
            { requiredKeys: ['frames'] }
          )
        ),
      })
    ),
  },
  { requiredKeys: [] }
);
const sample = fc.oneof(
  odd,
  fc.tuple(fc.oneof(odd, fc.constantFrom(600, 660, 600.5)), fc.oneof(odd, fc.constantFrom('1', '1e999')))
);
const prometheus = fc.record(
  {
    status: fc.oneof(fc.constant('success'), odd),
    data: fc.oneof(
      odd,
      fc.record({
        resultType: fc.constantFrom('matrix', 'vector', 'scalar', 'string', 'tensor'),
        result: fc.oneof(
          odd,
          sample,
          fc.array(
            fc.record(
              {
                metric: fc.oneof(odd, fc.dictionary(fc.string(), fc.string())),
                values: fc.array(sample),
                value: sample,
              },
              { requiredKeys: ['metric'] }
            )
          )
        ),
      })
    ),
    warnings: odd,
  },
  { requiredKeys: ['status'] }
);

describe('A source answered with anything', () => {
  const subjects: ReadonlyArray<[type: string, bodies: fc.Arbitrary<unknown>, entry: (url: string) => SourceEntry]> = [
    ['prometheus', prometheus, (url) => ({ name: 's', type: 'prometheus', url })],
    ['grafana', grafana, (url) => ({ name: 's', type: 'grafana', url, datasource: { uid: 'a', type: 'prometheus' } })],
  ];
  for (const [type, bodies, entry] of subjects) {
    test(`${type} gives finite values on the grid or a coded error, of any body and status`, async () => {
      let body = '';
      let status = 200;
      const server = await loopback((_, response) => {
        response.writeHead(status, { 'content-type': 'application/json' }).end(body);
      });
      const source = createSource(entry(server.url), testDeps());
      const statuses = fc.oneof(
        { weight: 9, arbitrary: fc.constant(200) },
        { weight: 1, arbitrary: fc.constantFrom(203, 207, 300, 400, 404, 418, 500) }
      );
      const texts = fc.oneof(
        { weight: 9, arbitrary: bodies.map((json) => JSON.stringify(json)) },
        { weight: 1, arbitrary: fc.string() }
      );
      try {
        await fc.assert(
          fc.asyncProperty(texts, statuses, async (text, code) => {
            body = text;
            status = code;
            const outcomes = await Promise.allSettled([
              source.history({ query: 'q' }, GRID, never),
              source.history({ query: 'q', by: 'x' }, GRID, never),
              source.latest({ query: 'q' }, 660, never),
              source.check(never),
            ]);
            for (const outcome of outcomes) {
              if (outcome.status === 'rejected') {
                assert.ok(
                  outcome.reason instanceof HeadroomError && outcome.reason.code.startsWith('SOURCE_'),
                  String(outcome.reason)
                );
              } else if ('series' in outcome.value) {
                assert.ok(
                  outcome.value.series.every(
                    ({ series }) =>
                      series.values.length === GRID.length &&
                      !series.values.some((value) => Math.abs(value) === Infinity)
                  )
                );
              } else if ('kind' in outcome.value) {
                assert.ok(outcome.value.kind === 'missing' || Number.isFinite(outcome.value.value));
              }
            }
          }),
          { numRuns: 250 }
        );
      } finally {
        await source.close();
        await server.close();
      }
    });
  }
});
