import { useCallback, useMemo } from 'react';
import { useSearchParams } from 'react-router-dom';
import { PARAMS } from '../../routes';

const DAY_SECONDS = 86_400;

/** How far back the audit is shown. */
export const SPANS = { '24h': DAY_SECONDS, '7d': 7 * DAY_SECONDS, '30d': 30 * DAY_SECONDS, all: undefined } as const;
export type Span = keyof typeof SPANS;

export interface AuditFilter {
  readonly workload: string;
  readonly what: string;
  readonly within: Span;
  readonly search: string;
}

/** The filter in the address, so that a link shows the same rows to someone else. */
export function useAuditFilter(): readonly [AuditFilter, (changes: Partial<AuditFilter>) => void] {
  const [params, setParams] = useSearchParams();
  const filter = useMemo((): AuditFilter => {
    const within = params.get(PARAMS.within);
    return {
      workload: params.get(PARAMS.workload) ?? '',
      what: params.get(PARAMS.what) ?? '',
      within: within !== null && within in SPANS ? (within as Span) : '7d',
      search: params.get(PARAMS.search) ?? '',
    };
  }, [params]);
  const change = useCallback(
    (changes: Partial<AuditFilter>) =>
      setParams(
        (before) => {
          const after = new URLSearchParams(before);
          for (const [name, value] of Object.entries(changes)) {
            if (value === '') {
              after.delete(name);
            } else {
              after.set(name, value);
            }
          }
          return after;
        },
        { replace: true }
      ),
    [setParams]
  );
  return [filter, change];
}
