import { fetchError, standInBackend, type StandInBackend } from '../testing/standIns';
import { z } from 'zod';
import { ask } from './client';
import { askEarly } from './early';

let backend: StandInBackend;
const reader = z.object({ value: z.number() });
const QUESTION = { path: 'api/v1/thing', params: { a: 1 } };

beforeEach(() => {
  backend = standInBackend();
});

afterEach(() => {
  jest.useRealTimers();
});

describe('askEarly', () => {
  it('has the answer for whoever asks the same next, once', async () => {
    backend.on('/thing', () => ({ value: backend.requests.length }));
    askEarly(QUESTION);
    await expect(ask({ ...QUESTION, reader })).resolves.toEqual({ value: 1 });
    await expect(ask({ ...QUESTION, reader })).resolves.toEqual({ value: 2 });
  });

  it('is no answer to another question', async () => {
    backend.on('/thing', () => ({ value: backend.requests.length }));
    askEarly(QUESTION);
    await expect(ask({ ...QUESTION, params: { a: 2 }, reader })).resolves.toEqual({ value: 2 });
    await expect(ask({ ...QUESTION, reader })).resolves.toEqual({ value: 1 });
  });

  it('fails as the question would have', async () => {
    backend.on('/thing', () => {
      throw fetchError(403, { message: 'no' });
    });
    askEarly(QUESTION);
    await expect(ask({ ...QUESTION, reader })).rejects.toMatchObject({ failure: { kind: 'forbidden' } });
  });

  it('is not taken when it has become old', async () => {
    backend.on('/thing', () => ({ value: backend.requests.length }));
    jest.useFakeTimers({ doNotFake: ['queueMicrotask', 'nextTick'] });
    askEarly(QUESTION);
    jest.setSystemTime(Date.now() + 6000);
    await expect(ask({ ...QUESTION, reader })).resolves.toEqual({ value: 2 });
  });

  it('breaks no one who never asks', async () => {
    backend.on('/thing', () => {
      throw fetchError(502);
    });
    askEarly(QUESTION);
    await new Promise((resolve) => setTimeout(resolve));
    expect(backend.requests).toHaveLength(1);
  });
});
