import type { RangeView, WorkloadView } from '../../../control/index.ts';
import type { Annotation } from '../../../promql/index.ts';

/** What a reader of a workload's series should know: a warning where it is not well, a note for each lesser thing. */
export function workloadNotices({ config, health, outlook, warnings }: WorkloadView): Annotation[] {
  const notices: Annotation[] = [];
  if (health.state !== 'ok') {
    const problem = health.problem === null ? '' : `: ${health.problem}`;
    notices.push({ kind: 'warning', message: `Headroom: workload ${config.name} is ${health.state}${problem}` });
  }
  const notes = new Set([
    ...warnings,
    ...(outlook?.warnings ?? []),
    ...(outlook?.series.flatMap((series) => series.warnings.map((warning) => `${series.name}: ${warning}`)) ?? []),
  ]);
  for (const note of notes) {
    notices.push({ kind: 'info', message: `Headroom: workload ${config.name}: ${note}` });
  }
  return notices;
}

/** What a reader of one of its other ranges should know. */
export function rangeNotices({ config }: WorkloadView, { range, health, warnings }: RangeView): Annotation[] {
  const about = `Headroom: workload ${config.name}, ${range} range`;
  const trouble: Annotation[] =
    health.state === 'ok'
      ? []
      : [
          {
            kind: 'warning',
            message: `${about} is ${health.state}${health.problem === null ? '' : `: ${health.problem}`}`,
          },
        ];
  return [...trouble, ...warnings.map((note): Annotation => ({ kind: 'info', message: `${about}: ${note}` }))];
}
