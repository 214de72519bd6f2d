import { useCallback, useMemo } from 'react';
import { useSearchParams } from 'react-router-dom';
import type { RecommendationState } from '../../../contract/recommendation.ts';
import { PARAMS } from '../../routes';

export type ShownState = RecommendationState | 'open';

/** The states that can be chosen, the one of those that wait first. */
export const SHOWN_STATES: readonly ShownState[] = [
  'open',
  'applied',
  'rolled-back',
  'dismissed',
  'expired',
  'superseded',
];

export interface RecommendationFilter {
  readonly state: ShownState;
  readonly search: string;
}

/** The filter in the address, so that a link shows the same rows to someone else. */
export function useRecommendationFilter(): readonly [
  RecommendationFilter,
  (changes: Partial<RecommendationFilter>) => void,
] {
  const [params, setParams] = useSearchParams();
  const asked = params.get(PARAMS.state);
  const search = params.get(PARAMS.search) ?? '';
  const filter = useMemo(
    () => ({ state: SHOWN_STATES.find((state) => state === asked) ?? 'open', search }),
    [asked, search]
  );
  const change = useCallback(
    ({ state, search: text }: Partial<RecommendationFilter>) =>
      setParams(
        (before) => {
          const after = new URLSearchParams(before);
          keep(after, PARAMS.state, state === 'open' ? '' : state);
          keep(after, PARAMS.search, text);
          return after;
        },
        { replace: true }
      ),
    [setParams]
  );
  return [filter, change];
}

function keep(params: URLSearchParams, name: string, value: string | undefined): void {
  if (value === '') {
    params.delete(name);
  } else if (value !== undefined) {
    params.set(name, value);
  }
}
