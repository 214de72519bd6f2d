import type { Health, SourceView } from '../../../contract/index.ts';
import type { Fleet } from '../../control/index.ts';

/** Where history comes from, each with how it is and how many workloads read from it. */
export function sourcesOf(fleet: Pick<Fleet, 'sourceStates' | 'source' | 'workloads'>): SourceView[] {
  const views = fleet.workloads();
  return fleet.sourceStates().map(({ entry, lastSuccessSeconds, problem }) => {
    const source = fleet.source(entry.name);
    return {
      name: entry.name,
      type: entry.type,
      datasource: entry.type === 'grafana' ? entry.datasource : null,
      health: healthOf(lastSuccessSeconds, problem),
      workloads: views.filter(({ config }) =>
        [...config.series.map((series) => series.query.source), config.replicas?.source].includes(entry.name)
      ).length,
      hasNames: source?.names !== undefined,
      hasLabels: source?.labelSets !== undefined,
    };
  });
}

function healthOf(lastSuccessSeconds: number | undefined, problem: string | undefined): Health {
  return {
    state: problem !== undefined ? 'failing' : lastSuccessSeconds === undefined ? 'starting' : 'ok',
    problem: problem ?? (lastSuccessSeconds === undefined ? 'not read yet' : null),
    lastSuccessAt: lastSuccessSeconds ?? null,
  };
}
