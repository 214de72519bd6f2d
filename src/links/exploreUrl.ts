import { getDataSourceSrv } from '@grafana/runtime';
import type { ForecastRange, PlanningAggregate } from '../../contract/api.ts';
import { escapedLabelValue } from './escapedLabelValue';

export const PROMETHEUS = 'prometheus';

export interface ExploreQuestion {
  readonly workload: string;
  readonly resource: string;
  readonly range: ForecastRange;
  /** Of the planning range. */
  readonly aggregate: PlanningAggregate;
  readonly rawFrom: string;
  readonly rawTo: string;
}

/** The Prometheus data source that leads to the sidecar: the configured one, else one named after Headroom. */
export function sidecarDatasourceUid(configured: string | undefined): string | undefined {
  const sources = getDataSourceSrv().getList({ type: PROMETHEUS });
  if (configured !== undefined && sources.some(({ uid }) => uid === configured)) {
    return configured;
  }
  return sources.find(({ uid, name }) => /headroom/i.test(uid) || /headroom/i.test(name))?.uid;
}

/** The address of Explore with what was measured, forecast and available of one resource. */
export function exploreUrl(uid: string, question: ExploreQuestion): string {
  const { rawFrom, rawTo } = question;
  const pane = {
    datasource: uid,
    queries: rangeQueries(uid, expressionsOf(question)),
    range: { from: rawFrom, to: rawTo },
  };
  const params = new URLSearchParams({ schemaVersion: '1', panes: JSON.stringify({ headroom: pane }) });
  return `/explore?${params.toString()}`;
}

/** Expressions as queries of a Prometheus data source over a time range: of Explore, of a panel. */
export function rangeQueries(uid: string, expressions: readonly string[]) {
  return expressions.map((expr, index) => ({
    refId: String.fromCharCode('A'.charCodeAt(0) + index),
    datasource: { type: PROMETHEUS, uid },
    expr,
    range: true,
    instant: false,
    editorMode: 'code',
  }));
}

/** What measures, foresees and limits one resource, in PromQL; a few levels, or all of them. */
export function expressionsOf(
  { workload, resource, range, aggregate }: Omit<ExploreQuestion, 'rawFrom' | 'rawTo'>,
  { hasAllLevels = false }: { readonly hasAllLevels?: boolean } = {}
): string[] {
  const labels = `workload="${escapedLabelValue(workload)}", resource="${escapedLabelValue(resource)}"`;
  const bands = hasAllLevels ? '' : ', quantile=~"0.1|0.5|0.9"';
  const capacity = `headroom_capacity{${labels}}`;
  switch (range) {
    case 'near':
      return [`headroom_actual{${labels}}`, `headroom_near_forecast{${labels}${bands}}`, capacity];
    case 'planning': {
      const days = `${labels}, aggregate="${aggregate}"`;
      return [`headroom_planning_actual{${days}}`, `headroom_planning_forecast{${days}${bands}}`];
    }
    case 'day':
      return [`headroom_actual{${labels}}`, `headroom_forecast{${labels}${bands}}`, capacity];
  }
}
