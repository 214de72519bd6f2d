import type { Sparkline } from '../../../../contract/api.ts';
import { aSparkline } from '../../../testing/fixtures';
import { SparklineStore } from './SparklineStore';

type Answer = Readonly<Record<string, Sparkline | null>>;

function standIn() {
  const asked: string[][] = [];
  const open: Array<{ resolve: (answer: Answer) => void; reject: (thrown: unknown) => void; signal: AbortSignal }> = [];
  const store = new SparklineStore((workloads, signal) => {
    asked.push([...workloads]);
    return new Promise((resolve, reject) => open.push({ resolve, reject, signal }));
  });
  const flush = () => new Promise((resolve) => setTimeout(resolve));
  return {
    store,
    asked,
    signal: () => open.at(-1)?.signal,
    flush,
    answer: async (answer: Answer) => {
      open.shift()?.resolve(answer);
      await flush();
    },
    fail: async () => {
      open.shift()?.reject(new Error('down'));
      await flush();
    },
  };
}

const SPARKLINE = aSparkline();

describe('SparklineStore', () => {
  it('asks once for all that came together, and tells each what came', async () => {
    const { store, asked, flush, answer } = standIn();
    const changed = jest.fn();
    store.show('a', changed);
    store.show('b', changed);
    await flush();
    expect(asked).toEqual([['a', 'b']]);
    expect(store.of('a')).toEqual({ kind: 'loading' });
    await answer({ a: SPARKLINE });
    expect(changed).toHaveBeenCalledTimes(2);
    expect(store.of('a')).toEqual({ kind: 'ready', sparkline: SPARKLINE });
    expect(store.of('b')).toEqual({ kind: 'ready', sparkline: null });
  });

  it('asks for what came meanwhile next, at most a hundred at once', async () => {
    const { store, asked, flush, answer } = standIn();
    store.show('first', () => undefined);
    await flush();
    for (let index = 0; index < 120; index++) {
      store.show(`w${String(index)}`, () => undefined);
    }
    await answer({});
    await answer({});
    expect(asked.map(({ length }) => length)).toEqual([1, 100, 20]);
  });

  it('asks once for what is expected and then shown while its answer is on the way', async () => {
    const { store, asked, flush, answer } = standIn();
    store.expect(['a', 'b']);
    await flush();
    store.show('b', () => undefined);
    await flush();
    await answer({ a: SPARKLINE, b: SPARKLINE });
    expect(asked).toEqual([['a', 'b']]);
    expect(store.of('b').kind).toBe('ready');
  });

  it('keeps what is known while it asks anew, and when that fails', async () => {
    const { store, asked, flush, answer, fail } = standIn();
    store.show('a', () => undefined);
    await flush();
    await answer({ a: SPARKLINE });
    store.refresh();
    await flush();
    expect([asked.length, store.of('a').kind]).toEqual([2, 'ready']);
    await fail();
    expect(store.of('a').kind).toBe('ready');
  });

  it('says of what never came that it failed, and asks again at the next turn', async () => {
    const { store, asked, flush, fail } = standIn();
    store.show('a', () => undefined);
    await flush();
    await fail();
    expect(store.of('a')).toEqual({ kind: 'failed' });
    store.refresh();
    await flush();
    expect(asked).toEqual([['a'], ['a']]);
  });

  it('forgets at the next turn what has left the page, and asks no more for it', async () => {
    const { store, asked, flush, answer } = standIn();
    const leave = store.show('a', () => undefined);
    await flush();
    await answer({ a: SPARKLINE });
    leave();
    expect(store.of('a').kind).toBe('ready');
    store.refresh();
    await flush();
    expect([asked.length, store.of('a').kind]).toEqual([1, 'loading']);
  });

  it('drops an answer that comes after it was stopped', async () => {
    const { store, flush, answer, signal } = standIn();
    store.show('a', () => undefined);
    await flush();
    store.stop();
    expect(signal()?.aborted).toBe(true);
    await answer({ a: SPARKLINE });
    expect(store.of('a')).toEqual({ kind: 'loading' });
  });
});
