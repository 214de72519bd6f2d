import '../testing/standIns';
import { act, renderHook } from '@testing-library/react';
import { SidecarError, type Failure } from './failure';
import { useResource } from './useResource';

const DOWN: Failure = { kind: 'unreachable', status: 502 };
const INTERVAL = 1000;

beforeEach(() => {
  jest.useFakeTimers();
});

afterEach(() => {
  setHidden(false);
  jest.useRealTimers();
});

function setHidden(isHidden: boolean) {
  Object.defineProperty(document, 'hidden', { configurable: true, value: isHidden });
  document.dispatchEvent(new Event('visibilitychange'));
}

async function pass(ms: number) {
  await act(async () => {
    await jest.advanceTimersByTimeAsync(ms);
  });
}

function counting() {
  let count = 0;
  const signals: AbortSignal[] = [];
  const load = (signal: AbortSignal) => {
    signals.push(signal);
    count += 1;
    return Promise.resolve(count);
  };
  return { load, signals, count: () => count };
}

describe('useResource', () => {
  it('asks once without an interval', async () => {
    const { load, count } = counting();
    const { result } = renderHook(() => useResource(load, { key: 'a' }));
    expect(result.current.resource).toEqual({ kind: 'loading' });
    await pass(0);
    expect(result.current.resource).toMatchObject({ kind: 'ready', value: 1, failure: null });
    await pass(100 * INTERVAL);
    expect(count()).toBe(1);
  });

  it('asks again an interval after each answer', async () => {
    const { load } = counting();
    const { result } = renderHook(() => useResource(load, { key: 'a', intervalMs: INTERVAL }));
    await pass(0);
    await pass(INTERVAL);
    expect(result.current.resource).toMatchObject({ value: 2 });
  });

  it('pauses while the page is hidden and asks at once when it is back', async () => {
    const { load, count } = counting();
    renderHook(() => useResource(load, { key: 'a', intervalMs: INTERVAL }));
    await pass(0);
    act(() => setHidden(true));
    await pass(50 * INTERVAL);
    expect(count()).toBe(1);
    act(() => setHidden(false));
    await pass(0);
    expect(count()).toBe(2);
  });

  it('asks once only when the page comes and goes before an answer is due', async () => {
    const { load, count } = counting();
    renderHook(() => useResource(load, { key: 'a', intervalMs: INTERVAL }));
    await pass(0);
    act(() => setHidden(true));
    act(() => setHidden(false));
    await pass(INTERVAL - 1);
    expect(count()).toBe(1);
  });

  it('aborts on unmount and says nothing more', async () => {
    const { load, signals, count } = counting();
    const { unmount } = renderHook(() => useResource(load, { key: 'a', intervalMs: INTERVAL }));
    unmount();
    expect(signals[0]?.aborted).toBe(true);
    await pass(10 * INTERVAL);
    expect(count()).toBe(1);
  });

  it('drops what it knew when the question changes, and the answer to the old one', async () => {
    let answer: (value: string) => void = () => undefined;
    const load = jest
      .fn()
      .mockImplementationOnce(() => new Promise<string>((resolve) => (answer = resolve)))
      .mockResolvedValue('new');
    const { result, rerender } = renderHook(({ key }) => useResource<string>(load, { key }), {
      initialProps: { key: 'old' },
    });
    rerender({ key: 'new' });
    expect(result.current.resource).toEqual({ kind: 'loading' });
    answer('old');
    await pass(0);
    expect(result.current.resource).toMatchObject({ kind: 'ready', value: 'new' });
  });

  it('keeps the last good answer when a later question fails, and recovers', async () => {
    let isDown = false;
    const load = () => (isDown ? Promise.reject(new SidecarError(DOWN)) : Promise.resolve('good'));
    const { result } = renderHook(() => useResource(load, { key: 'a', intervalMs: INTERVAL }));
    await pass(0);
    isDown = true;
    await pass(INTERVAL);
    expect(result.current.resource).toMatchObject({ kind: 'ready', value: 'good', failure: DOWN });
    isDown = false;
    await pass(INTERVAL);
    expect(result.current.resource).toMatchObject({ kind: 'ready', failure: null });
  });

  it('has failed when the first question fails, and answers a reload', async () => {
    let isDown = true;
    const load = () => (isDown ? Promise.reject(new SidecarError(DOWN)) : Promise.resolve('good'));
    const { result } = renderHook(() => useResource(load, { key: 'a' }));
    await pass(0);
    expect(result.current).toMatchObject({ resource: { kind: 'failed', failure: DOWN }, isLoading: false });
    isDown = false;
    act(() => result.current.reload());
    await pass(0);
    expect(result.current.resource).toMatchObject({ kind: 'ready', value: 'good' });
  });
});
