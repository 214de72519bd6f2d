import { describe, it } from 'node:test';
import { checkAnyBody, checkAnyQuery } from './fuzz.fixture.ts';

/** A hundred thousand are for `.ci/fuzzedInputs.ts`, always the same; these are others each time (a failure prints its seed). */
const QUERIES = 3000;
const BODIES = 1000;
const wanted = Number(process.env['PROPERTY_SEED']);
const seed = Number.isInteger(wanted) ? wanted : Date.now() % 2 ** 31;

describe('whatever is asked', () => {
  it('is answered with a result or a coded error: no crash, no 500, no hang', () => checkAnyQuery(QUERIES, { seed }));

  it('reads any body and content type the same way', () => checkAnyBody(BODIES, { seed }));
});
