import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fieldsWithoutEffect } from './index.ts';

test('fieldsWithoutEffect names what is declared and not yet used, and nothing else', () => {
  assert.deepEqual(
    fieldsWithoutEffect({
      name: 'a',
      account: { name: 'acme', tier: 'gold', timeZone: 'UTC' },
      activity: { requests: { query: 'r' } },
      calendar: [],
      slo: { latencySeconds: 0.2 },
      scenarios: ['api-spike'],
    }),
    ['account.timeZone (but for features)', 'calendar (but for features and the planning range)', 'slo']
  );
  assert.deepEqual(fieldsWithoutEffect({ name: 'a', scaling: { tuneTarget: false, risk: 0.1 } }), []);
});
