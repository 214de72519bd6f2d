import { it } from 'node:test';
import { warmUp } from './warmUp.ts';

it('asks queries that are all answered, and none once it is aborted', async () => {
  await warmUp(new AbortController().signal);
  await warmUp(AbortSignal.abort());
});
