import { useCallback, useState } from 'react';
import { failureFrom, type Failure } from '../sidecar/failure';

/** What became of one of many. */
export interface ManyOutcome {
  readonly workload: string;
  /** Null where it was done. */
  readonly failure: Failure | null;
}

export type Many =
  | { readonly kind: 'idle' }
  | { readonly kind: 'running'; readonly done: number; readonly total: number }
  | { readonly kind: 'done'; readonly outcomes: readonly ManyOutcome[] };

interface Subject {
  readonly id: string;
  readonly workload: string;
}

/** Does the same to many, one after the other: one that fails stops no other. */
export function useMany(onDone: () => void) {
  const [many, setMany] = useState<Many>({ kind: 'idle' });
  const run = useCallback(
    async (subjects: readonly Subject[], act: (id: string) => Promise<unknown>) => {
      const outcomes: ManyOutcome[] = [];
      for (const { id, workload } of subjects) {
        setMany({ kind: 'running', done: outcomes.length, total: subjects.length });
        try {
          await act(id);
          outcomes.push({ workload, failure: null });
        } catch (thrown) {
          outcomes.push({ workload, failure: failureFrom(thrown) });
        }
      }
      setMany({ kind: 'done', outcomes });
      onDone();
    },
    [onDone]
  );
  const reset = useCallback(() => setMany({ kind: 'idle' }), []);
  return { many, run, reset };
}
