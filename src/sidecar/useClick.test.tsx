import { act, renderHook } from '@testing-library/react';
import '../testing/standIns';
import { SidecarError, type Failure } from './failure';
import { useClick } from './useClick';

const UNREACHABLE: Failure = { kind: 'unreachable', status: 502 };
const problem = (code: string, status = 409): Failure => ({
  kind: 'problem',
  problem: { type: '', title: code, status, detail: code, code, action: '' },
});

function clicked(outcomes: ReadonlyArray<Failure | 'done'>) {
  const keys: string[] = [];
  const done: string[] = [];
  let turn = 0;
  const rendered = renderHook(() =>
    useClick(
      async (args: string, key: string) => {
        keys.push(key);
        const outcome = outcomes[turn++];
        if (outcome !== undefined && outcome !== 'done') {
          throw new SidecarError(outcome);
        }
        return args;
      },
      (value) => done.push(value)
    )
  );
  const press = (args: string) =>
    act(async () => {
      rendered.result.current.press(args);
      await Promise.resolve();
    });
  return { ...rendered, keys, done, press };
}

describe('useClick', () => {
  it('has a key of its own for each click', async () => {
    const { keys, done, press, result } = clicked(['done', 'done']);
    await press('a');
    expect(result.current.click).toEqual({ kind: 'done', value: 'a' });
    await press('b');
    expect(done).toEqual(['a', 'b']);
    expect(new Set(keys).size).toBe(2);
    expect(keys.every((key) => /^[0-9a-f]{32}$/.test(key))).toBe(true);
  });

  it.each([
    ['nobody answered', UNREACHABLE],
    ['it took too long', { kind: 'timeout', seconds: 60 } as const],
    ['the sidecar does not know yet', problem('ACTING_UNSURE', 504)],
  ])('repeats the same click where %s', async (_name, failure) => {
    const { keys, press, result } = clicked([failure, 'done', 'done']);
    await press('a');
    expect(result.current.click).toEqual({ kind: 'failed', failure, isOutcomeUnknown: true });
    await press('a');
    await press('a');
    expect(keys[1]).toBe(keys[0]);
    expect(keys[2]).not.toBe(keys[0]);
  });

  it('is another click after one that was refused', async () => {
    const { keys, press, result } = clicked([problem('ACTING_HELD'), 'done']);
    await press('a');
    expect(result.current.click).toMatchObject({ kind: 'failed', isOutcomeUnknown: false });
    await press('a');
    expect(keys[1]).not.toBe(keys[0]);
  });

  it('is one click while it runs', async () => {
    const { keys, result } = clicked(['done']);
    await act(async () => {
      result.current.press('a');
      result.current.press('a');
      await Promise.resolve();
    });
    expect(keys).toHaveLength(1);
  });

  it('says what else was thrown, and takes it for unknown', async () => {
    const { result } = renderHook(() => useClick(() => Promise.reject(new Error('broken'))));
    await act(async () => {
      result.current.press(undefined);
      await Promise.resolve();
    });
    expect(result.current.click).toEqual({
      kind: 'failed',
      failure: { kind: 'unexpected', status: null, detail: 'broken' },
      isOutcomeUnknown: true,
    });
  });
});
