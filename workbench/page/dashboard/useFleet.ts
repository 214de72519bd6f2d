import { getBackendSrv } from '@grafana/runtime';
import { useEffect, useState } from 'react';

export interface FleetMember {
  readonly name: string;
  readonly resources: readonly string[];
}

export type Fleet =
  | { readonly kind: 'loading' }
  | { readonly kind: 'failed'; readonly message: string }
  | { readonly kind: 'loaded'; readonly members: readonly FleetMember[] };

const SERIES = '/prometheus/api/v1/series';

/** The workloads and resources that `headroom_actual` has, for the dashboard's variable. */
export function useFleet(): Fleet {
  const [fleet, setFleet] = useState<Fleet>({ kind: 'loading' });
  useEffect(() => {
    let isCurrent = true;
    getBackendSrv()
      .get<{ data: Array<Record<string, string>> }>(SERIES, { 'match[]': 'headroom_actual' }, undefined, {
        showErrorAlert: false,
      })
      .then(
        ({ data }) => isCurrent && setFleet({ kind: 'loaded', members: membersOf(data) }),
        () => isCurrent && setFleet({ kind: 'failed', message: 'The sidecar does not answer: is it running?' })
      );
    return () => {
      isCurrent = false;
    };
  }, []);
  return fleet;
}

function membersOf(series: ReadonlyArray<Record<string, string>>): FleetMember[] {
  const resources = new Map<string, Set<string>>();
  for (const { workload, resource } of series) {
    if (workload !== undefined && resource !== undefined) {
      resources.set(workload, (resources.get(workload) ?? new Set()).add(resource));
    }
  }
  return [...resources].map(([name, of]) => ({ name, resources: [...of] }));
}
