import { createContext, useCallback, useContext, useEffect, useMemo, useRef, useSyncExternalStore } from 'react';
import { loadSparklines } from '../../../sidecar/sparklines';
import { SparklineStore, type KnownSparkline } from './SparklineStore';

const SparklineContext = createContext<SparklineStore | null>(null);

export const SparklineProvider = SparklineContext.Provider;

/** The sparklines of a table, asked for anew whenever the fleet `now` is another's. */
export function useSparklineStore(now: number): SparklineStore {
  const store = useMemo(() => new SparklineStore(loadSparklines), []);
  const asked = useRef(now);
  useEffect(() => {
    if (asked.current !== now) {
      asked.current = now;
      store.refresh();
    }
  }, [store, now]);
  useEffect(() => () => store.stop(), [store]);
  return store;
}

/** What is known of one, which is asked for while it is on the page. */
export function useSparkline(workload: string): KnownSparkline {
  const store = useContext(SparklineContext);
  if (store === null) {
    throw new Error('useSparkline needs a SparklineProvider');
  }
  const subscribe = useCallback((onChange: () => void) => store.show(workload, onChange), [store, workload]);
  return useSyncExternalStore(subscribe, () => store.of(workload));
}
