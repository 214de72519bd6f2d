import { test } from 'node:test';
import { checkActingSequences } from './actingModel.fixture.ts';

/** Of many more `.ci/actingSequences.ts` makes sure: outside the test runner each takes half as long. */
const SEQUENCES = 1000;

test(
  'whatever happens, in whatever order: the law of acting holds, and the world comes right',
  { timeout: 3_600_000 },
  () => checkActingSequences(SEQUENCES)
);
