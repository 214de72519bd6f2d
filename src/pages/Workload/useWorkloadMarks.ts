import { useMemo } from 'react';
import type { Decision, WorkloadDetail } from '../../../contract/api.ts';
import type { Mark } from '../../charts/marks';
import { useDecisions } from '../../sidecar/useDecisions';
import type { UrlTimeRange } from '../../timeRange/useUrlTimeRange';
import { useDeployments } from './useDeployments';
import { workloadMarks } from './workloadMarks';

const MOST_DECISIONS = 100;
const NO_DECISIONS: readonly Decision[] = [];

/** What happened or will happen to a workload beside its numbers: calendar, changes, deployments. */
export function useWorkloadMarks({ summary, definition }: WorkloadDetail, time: UrlTimeRange): readonly Mark[] {
  const { resource: decided } = useDecisions({ workload: summary.name, limit: MOST_DECISIONS });
  const decisions = decided.kind === 'ready' ? decided.value.decisions : NO_DECISIONS;
  const deployments = useDeployments({ workload: summary.name, rawFrom: time.rawFrom, rawTo: time.rawTo });
  return useMemo(() => [...workloadMarks(definition, decisions), ...deployments], [definition, decisions, deployments]);
}
