import { boardUid } from './board.ts';
import type { DataLink } from './panelDraft.ts';

/** A link to a workload's dashboard that keeps the time range and the data sources. */
export function workloadLink(workload: string): DataLink {
  const uid = boardUid('workload');
  return {
    title: 'Open the workload',
    url: `/d/${uid}/${uid}?var-workload=${workload}&\${datasource:queryparam}&\${metrics:queryparam}&\${__url_time_range}`,
  };
}
