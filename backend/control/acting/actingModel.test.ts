import { test } from 'node:test';
import { checkActingSequences } from './actingModel.fixture.ts';

/** A sample: `.ci/actingSequences.ts` plays ten thousand for each change. */
const SEQUENCES = 250;

test(
  'whatever happens, in whatever order: the law of acting holds, and the world comes right',
  { timeout: 3_600_000 },
  () => checkActingSequences(SEQUENCES)
);
