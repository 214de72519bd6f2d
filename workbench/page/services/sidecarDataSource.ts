import {
  DataSourceApi,
  LoadingState,
  type DataQueryRequest,
  type DataQueryResponse,
  type DataSourceInstanceSettings,
  type MetricFindValue,
  type TestDataSourceResponse,
} from '@grafana/data';
import { getBackendSrv, getTemplateSrv, isFetchError } from '@grafana/runtime';
import { type DataQuery } from '@grafana/schema';
import { catchError, forkJoin, lastValueFrom, map, of, type Observable } from 'rxjs';
import { framesOf, type PrometheusReply } from './framesOf.ts';

export interface PromQuery extends DataQuery {
  expr: string;
  instant?: boolean;
  range?: boolean;
  legendFormat?: string;
}

const API = '/prometheus/api/v1';
const MAX_POINTS = 11_000;

/** The sidecar's own Prometheus API as a data source, asked the way Grafana's Prometheus data source asks it. */
export class SidecarDataSource extends DataSourceApi<PromQuery> {
  constructor(settings: DataSourceInstanceSettings) {
    super(settings);
  }

  override query(request: DataQueryRequest<PromQuery>): Observable<DataQueryResponse> {
    const targets = request.targets.filter(({ hide, expr }) => hide !== true && expr !== undefined && expr !== '');
    if (targets.length === 0) {
      return of({ data: [], state: LoadingState.Done });
    }
    return forkJoin(targets.map((target) => this.answer(request, target))).pipe(
      map((answers) => {
        const errors = answers.flatMap(({ errors: some }) => some ?? []);
        const data = answers.flatMap((answer) => answer.data);
        return errors.length === 0 ? { data, state: LoadingState.Done } : { data, errors, state: LoadingState.Error };
      })
    );
  }

  override async testDatasource(): Promise<TestDataSourceResponse> {
    const { status } = await lastValueFrom(this.ask('query', { query: '1+1', time: 4 }));
    return { status, message: 'Successfully queried the Prometheus API.' };
  }

  override async metricFindQuery(query: string): Promise<MetricFindValue[]> {
    const values = /^label_values\((?:(.+),\s*)?([a-zA-Z0-9_]+)\)$/.exec(query.trim());
    if (values === null) {
      return [];
    }
    const params = values[1] === undefined ? {} : { 'match[]': values[1] };
    const reply = await getBackendSrv().get<{ data: string[] }>(`${API}/label/${values[2] ?? ''}/values`, params);
    return reply.data.map((text) => ({ text }));
  }

  private answer(request: DataQueryRequest<PromQuery>, target: PromQuery): Observable<DataQueryResponse> {
    const expr = getTemplateSrv().replace(target.expr, request.scopedVars);
    const from = request.range.from.valueOf() / 1000;
    const to = request.range.to.valueOf() / 1000;
    const stepSeconds = Math.max(1, Math.ceil(request.intervalMs / 1000), Math.ceil((to - from) / MAX_POINTS));
    const floored = (seconds: number) => Math.floor(seconds / stepSeconds) * stepSeconds;
    const reply =
      target.instant === true
        ? this.ask('query', { query: expr, time: to })
        : this.ask('query_range', { query: expr, start: floored(from), end: floored(to), step: stepSeconds });
    const { refId, legendFormat } = target;
    return reply.pipe(
      map((body) => ({ data: framesOf(body, { refId, legendFormat, stepMs: stepSeconds * 1000 }) })),
      catchError((error: unknown) => of({ data: [], errors: [{ refId, message: messageOf(error) }] }))
    );
  }

  private ask(path: string, data: Record<string, string | number>): Observable<PrometheusReply> {
    return getBackendSrv()
      .fetch<PrometheusReply>({
        url: `${API}/${path}`,
        method: 'POST',
        headers: { 'Content-Type': 'application/x-www-form-urlencoded' },
        data,
        showErrorAlert: false,
      })
      .pipe(map((response) => response.data));
  }
}

function messageOf(error: unknown): string {
  if (isFetchError<{ error?: string; message?: string }>(error)) {
    return error.data?.error ?? error.data?.message ?? `The data source answered ${error.status}`;
  }
  return 'The data source does not answer';
}

/** As Grafana would list it; the uid is that of `provisioning/datasources`. */
export const SIDECAR_DATA_SOURCE: DataSourceInstanceSettings = {
  id: 1,
  uid: 'headroom',
  name: 'Headroom',
  type: 'prometheus',
  access: 'proxy',
  readOnly: true,
  isDefault: true,
  url: '/prometheus',
  jsonData: {},
  meta: {
    id: 'prometheus',
    name: 'Prometheus',
    type: 'datasource' as DataSourceInstanceSettings['meta']['type'],
    module: '',
    baseUrl: '',
    metrics: true,
    alerting: true,
    annotations: true,
    info: {
      author: { name: '' },
      description: '',
      links: [],
      logos: { large: '', small: '' },
      screenshots: [],
      updated: '',
      version: '',
    },
  },
};
