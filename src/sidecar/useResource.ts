import { useCallback, useEffect, useState } from 'react';
import { useLatest } from '../hooks/useLatest';
import { failureFrom, type Failure } from './failure';

/** What is known of something asked for. `failure` on a ready resource says why it is no longer fresh. */
export type Resource<T> =
  | { readonly kind: 'loading' }
  | { readonly kind: 'failed'; readonly failure: Failure }
  | { readonly kind: 'ready'; readonly value: T; readonly loadedAtMs: number; readonly failure: Failure | null };

export interface Polled<T> {
  readonly resource: Resource<T>;
  readonly isLoading: boolean;
  readonly reload: () => void;
}

export interface PollOptions {
  /** Two questions with one key are the same question; a new key drops what was known. */
  readonly key: string;
  /** Between an answer and the next question; without it one question is asked. */
  readonly intervalMs?: number;
}

/**
 * Asks, and asks again: pauses while the page is hidden, aborts on unmount or a new key, and keeps
 * the last good answer when a later question fails.
 */
export function useResource<T>(load: (signal: AbortSignal) => Promise<T>, options: PollOptions): Polled<T> {
  const { key, intervalMs } = options;
  const [state, setState] = useState<{ readonly key: string; readonly resource: Resource<T> }>({
    key,
    resource: { kind: 'loading' },
  });
  const [isLoading, setIsLoading] = useState(true);
  const [round, setRound] = useState(0);
  const latestLoad = useLatest(load);

  useEffect(() => {
    const controller = new AbortController();
    const { signal } = controller;
    let timer: ReturnType<typeof setTimeout> | undefined;
    let isDue = false;

    const askOnce = async () => {
      isDue = false;
      setIsLoading(true);
      try {
        const value = await latestLoad()(signal);
        if (!signal.aborted) {
          setState({ key, resource: { kind: 'ready', value, loadedAtMs: Date.now(), failure: null } });
        }
      } catch (thrown) {
        if (!signal.aborted) {
          const failure = failureFrom(thrown);
          setState((previous) => ({ key, resource: afterFailure(previous, key, failure) }));
        }
      }
      if (!signal.aborted) {
        setIsLoading(false);
        schedule();
      }
    };

    const schedule = () => {
      if (intervalMs === undefined) {
        return;
      }
      timer = setTimeout(() => {
        if (document.hidden) {
          isDue = true;
        } else {
          void askOnce();
        }
      }, intervalMs);
    };

    const onVisibilityChange = () => {
      if (!document.hidden && isDue) {
        void askOnce();
      }
    };

    document.addEventListener('visibilitychange', onVisibilityChange);
    void askOnce();
    return () => {
      controller.abort();
      clearTimeout(timer);
      document.removeEventListener('visibilitychange', onVisibilityChange);
    };
  }, [key, intervalMs, round, latestLoad]);

  const reload = useCallback(() => setRound((value) => value + 1), []);
  return { resource: state.key === key ? state.resource : { kind: 'loading' }, isLoading, reload };
}

function afterFailure<T>(
  previous: { readonly key: string; readonly resource: Resource<T> },
  key: string,
  failure: Failure
): Resource<T> {
  return previous.key === key && previous.resource.kind === 'ready'
    ? { ...previous.resource, failure }
    : { kind: 'failed', failure };
}
