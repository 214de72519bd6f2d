import { useMemo } from 'react';
import type { WorkloadDetail } from '../../../contract/api.ts';
import { useWorkloadScenarios } from '../../sidecar/useWorkloadScenarios';

export interface OwnScenarios {
  /** The names of the scenarios kept for the workload: as it declares them, or as the sidecar says. */
  readonly names: readonly string[];
  /** How far the present follows each, 0 to 1; without those of which nothing is known yet. */
  readonly weights: ReadonlyMap<string, number>;
  readonly reload: () => void;
}

/** The scenarios that a workload's recommendations are weighed by. */
export function useOwnScenarios({ summary, definition }: WorkloadDetail): OwnScenarios {
  const { resource, reload } = useWorkloadScenarios(summary.name);
  const declared = definition?.scenarios;
  const weights = useMemo(
    () =>
      new Map(
        resource.kind === 'ready' ? resource.value.scenarios.map(({ scenario, weight }) => [scenario, weight]) : []
      ),
    [resource]
  );
  const names = useMemo(
    () => declared ?? [...weights.keys()].filter((name) => name !== 'baseline'),
    [declared, weights]
  );
  return { names, weights, reload };
}
