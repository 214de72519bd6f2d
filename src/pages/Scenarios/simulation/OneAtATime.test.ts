import { OneAtATime, type Wanted } from './OneAtATime';

function wanted(...keys: readonly string[]): Array<Wanted<string>> {
  return keys.map((key) => ({ key, question: key, isLong: key.startsWith('full') }));
}

function standIn() {
  const open = new Map<
    string,
    { resolve: (answer: string) => void; reject: (thrown: unknown) => void; signal: AbortSignal }
  >();
  const asked: string[] = [];
  const settled: string[] = [];
  let most = 0;
  const runner = new OneAtATime<string, string>(
    (question, signal) =>
      new Promise((resolve, reject) => {
        asked.push(question);
        open.set(question, { resolve, reject, signal });
        most = Math.max(most, [...open.values()].filter((each) => !each.signal.aborted).length);
      }),
    (question) => settled.push(question)
  );
  const flush = async () => {
    for (let turn = 0; turn < 5; turn++) {
      await Promise.resolve();
    }
  };
  return {
    runner,
    asked,
    settled,
    mostAtOnce: () => most,
    signal: (key: string) => open.get(key)?.signal,
    answer: async (key: string) => {
      open.get(key)?.resolve(`answer ${key}`);
      open.delete(key);
      await flush();
    },
    fail: async (key: string) => {
      open.get(key)?.reject(new Error('down'));
      open.delete(key);
      await flush();
    },
  };
}

it('while one is on its way, of those that come and go only the last is asked', async () => {
  const { runner, asked, answer, settled, mostAtOnce } = standIn();
  for (const key of ['a', 'b', 'c', 'd']) {
    runner.want(wanted(key));
  }
  expect(asked).toEqual(['a']);
  await answer('a');
  expect(asked).toEqual(['a', 'd']);
  await answer('d');
  expect([settled, mostAtOnce()]).toEqual([['a', 'd'], 1]);
  expect(runner.of('d')).toEqual({ kind: 'answered', answer: 'answer d' });
});

it('a long one that nobody wants any more gives way at once, and its late answer is dropped', async () => {
  const { runner, asked, signal, answer, settled } = standIn();
  runner.want(wanted('full-a'));
  const first = signal('full-a');
  runner.want(wanted('b'));
  expect([first?.aborted, asked]).toEqual([true, ['full-a', 'b']]);
  await answer('full-a');
  await answer('b');
  expect(settled).toEqual(['b']);
  expect(runner.of('full-a')).toBeUndefined();
});

it('asks in the order of what is wanted most, and nothing twice', async () => {
  const { runner, asked, answer } = standIn();
  runner.want(wanted('a', 'full-a', 'b'));
  await answer('a');
  await answer('full-a');
  await answer('b');
  runner.want(wanted('b', 'a', 'full-a'));
  expect(asked).toEqual(['a', 'full-a', 'b']);
});

it('a failure is settled too, until it is forgotten', async () => {
  const { runner, asked, fail, answer } = standIn();
  runner.want(wanted('a'));
  await fail('a');
  runner.want(wanted('a'));
  expect([asked, runner.of('a')?.kind]).toEqual([['a'], 'failed']);
  runner.forget();
  await answer('a');
  expect(runner.of('a')?.kind).toBe('answered');
});

it('says nothing after it was stopped', async () => {
  const { runner, asked, answer, settled } = standIn();
  runner.want(wanted('a', 'b'));
  runner.stop();
  await answer('a');
  expect([asked, settled]).toEqual([['a'], []]);
});

it('keeps what is wanted when it forgets the oldest', async () => {
  const { runner, asked, answer } = standIn();
  for (let index = 0; index < 100; index++) {
    runner.want(wanted('keep', `k${index}`));
    await answer('keep');
    await answer(`k${index}`);
  }
  expect(asked.filter((key) => key === 'keep')).toHaveLength(1);
  expect(runner.of('k0')).toBeUndefined();
  expect(runner.of('k99')).toBeDefined();
});
