import { useCallback, useEffect, useRef, useState } from 'react';
import { useLatest } from '../hooks/useLatest';
import { createClickKey } from './createClickKey';
import { failureFrom, type Failure } from './failure';
import { isOutcomeUnknown } from './isOutcomeUnknown';

/** How a click that changes something stands. */
export type Click<T> =
  | { readonly kind: 'idle' }
  | { readonly kind: 'running' }
  | { readonly kind: 'done'; readonly value: T }
  | { readonly kind: 'failed'; readonly failure: Failure; readonly isOutcomeUnknown: boolean };

export interface Clickable<A, T> {
  readonly click: Click<T>;
  /** While one runs, a further one is the same one. */
  readonly press: (args: A) => void;
  readonly reset: () => void;
}

/**
 * Does something once a click: each has a key of its own, and one whose outcome is unknown is repeated with its key.
 * It goes on when its page is left: to give up waiting is not to take it back.
 */
export function useClick<A, T>(
  act: (args: A, key: string) => Promise<T>,
  onDone?: (value: T) => void
): Clickable<A, T> {
  const [click, setClick] = useState<Click<T>>({ kind: 'idle' });
  const latest = useLatest({ act, onDone });
  const key = useRef<string | null>(null);
  const isRunning = useRef(false);
  const isGone = useRef(false);
  useEffect(() => {
    isGone.current = false;
    return () => {
      isGone.current = true;
    };
  }, []);
  const press = useCallback(
    async (args: A) => {
      if (isRunning.current) {
        return;
      }
      isRunning.current = true;
      key.current ??= createClickKey();
      setClick({ kind: 'running' });
      let after: Click<T>;
      try {
        const value = await latest().act(args, key.current);
        key.current = null;
        after = { kind: 'done', value };
      } catch (thrown) {
        const failure = failureFrom(thrown);
        const isUnknown = isOutcomeUnknown(failure);
        key.current = isUnknown ? key.current : null;
        after = { kind: 'failed', failure, isOutcomeUnknown: isUnknown };
      }
      isRunning.current = false;
      if (isGone.current) {
        return;
      }
      setClick(after);
      if (after.kind === 'done') {
        latest().onDone?.(after.value);
      }
    },
    [latest]
  );
  const reset = useCallback(() => {
    if (!isRunning.current) {
      key.current = null;
      setClick({ kind: 'idle' });
    }
  }, []);
  return { click, press: useCallback((args: A) => void press(args), [press]), reset };
}
