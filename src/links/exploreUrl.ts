import { getDataSourceSrv } from '@grafana/runtime';

const PROMETHEUS = 'prometheus';

export interface ExploreQuestion {
  readonly workload: string;
  readonly resource: string;
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
export function exploreUrl(uid: string, { workload, resource, rawFrom, rawTo }: ExploreQuestion): string {
  const labels = `workload="${escaped(workload)}", resource="${escaped(resource)}"`;
  const expressions = [
    `headroom_actual{${labels}}`,
    `headroom_forecast{${labels}, quantile=~"0.1|0.5|0.9"}`,
    `headroom_capacity{${labels}}`,
  ];
  const datasource = { type: PROMETHEUS, uid };
  const pane = {
    datasource: uid,
    queries: expressions.map((expr, index) => ({
      refId: String.fromCharCode('A'.charCodeAt(0) + index),
      datasource,
      expr,
      range: true,
      instant: false,
      editorMode: 'code',
    })),
    range: { from: rawFrom, to: rawTo },
  };
  const params = new URLSearchParams({ schemaVersion: '1', panes: JSON.stringify({ headroom: pane }) });
  return `/explore?${params.toString()}`;
}

/** A label value as PromQL writes it between double quotes. */
function escaped(value: string): string {
  return value.replace(/\\/g, '\\\\').replace(/"/g, '\\"').replace(/\n/g, '\\n');
}
