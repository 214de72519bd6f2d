import { useCallback } from 'react';
import { useSearchParams } from 'react-router-dom';
import type { WorkloadDetail } from '../../../contract/api.ts';
import { PARAMS } from '../../routes';

const ALL = 'all';

export interface UrlResource {
  /** Undefined of a workload without any. */
  readonly resource: string | undefined;
  /** All resources at once instead of the one. */
  readonly isSideBySide: boolean;
  readonly setResource: (name: string) => void;
  readonly setSideBySide: () => void;
}

/** The resource in the address, else the one to look at first: what runs short first, else the demand. */
export function useUrlResource({ summary }: WorkloadDetail): UrlResource {
  const [params, setParams] = useSearchParams();
  const change = useCallback(
    (alter: (params: URLSearchParams) => void) =>
      setParams(
        (before) => {
          const after = new URLSearchParams(before);
          alter(after);
          return after;
        },
        { replace: true }
      ),
    [setParams]
  );
  const names = summary.resources.map(({ name }) => name);
  const asked = params.get(PARAMS.resource);
  return {
    resource: asked !== null && names.includes(asked) ? asked : (mostUrgentResource(summary) ?? names[0]),
    isSideBySide: params.get(PARAMS.view) === ALL && names.length > 1,
    setResource: useCallback(
      (name) =>
        change((after) => {
          after.delete(PARAMS.view);
          after.set(PARAMS.resource, name);
        }),
      [change]
    ),
    setSideBySide: useCallback(() => change((after) => after.set(PARAMS.view, ALL)), [change]),
  };
}

function mostUrgentResource({ resources, demand }: WorkloadDetail['summary']): string | undefined {
  const short = resources
    .filter(({ firstShortfallAt }) => firstShortfallAt !== null)
    .sort((a, b) => (a.firstShortfallAt ?? 0) - (b.firstShortfallAt ?? 0));
  return short[0]?.name ?? demand ?? undefined;
}
