import { useCallback, useMemo } from 'react';
import { useSearchParams } from 'react-router-dom';
import { PARAMS } from '../../routes';
import type { FleetFilter } from './fleetFilter';

const FIELDS = ['search', 'account', 'tier', 'region'] as const;

/** The filter in the address, so that a link shows the same rows to someone else. */
export function useFleetFilter(): readonly [FleetFilter, (changes: Partial<FleetFilter>) => void] {
  const [params, setParams] = useSearchParams();
  const filter = useMemo<FleetFilter>(
    () => ({
      search: params.get(PARAMS.search) ?? '',
      account: params.get(PARAMS.account) ?? '',
      tier: params.get(PARAMS.tier) ?? '',
      region: params.get(PARAMS.region) ?? '',
    }),
    [params]
  );
  const change = useCallback(
    (changes: Partial<FleetFilter>) =>
      setParams(
        (before) => {
          const after = new URLSearchParams(before);
          for (const field of FIELDS) {
            const value = changes[field];
            if (value === '') {
              after.delete(PARAMS[field]);
            } else if (value !== undefined) {
              after.set(PARAMS[field], value);
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
