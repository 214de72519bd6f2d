import {
  CoreApp,
  dateTime,
  LoadingState,
  type DataQueryRequest,
  type DataQueryResponse,
  type TimeRange,
} from '@grafana/data';
import { getDataSourceSrv } from '@grafana/runtime';
import type { DataQuery } from '@grafana/schema';
import { from, fromEvent, lastValueFrom, takeUntil, takeWhile, type ObservableInput } from 'rxjs';
import type { History } from './historyChoices';
import { regularSeriesOf, type RegularSeries } from './regularSeries';

/** What a data source answered about the past. */
export type HistoryAnswer =
  | { readonly kind: 'series'; readonly series: readonly RegularSeries[]; readonly datasourceName: string }
  | { readonly kind: 'failed'; readonly message: string };

export interface HistoryQuestion {
  readonly datasourceUid: string;
  readonly query: DataQuery;
  readonly history: History;
  readonly nowMs: number;
}

/** Asks any data source for the past of a query, as a dashboard would. */
export async function queryHistory(question: HistoryQuestion, signal: AbortSignal): Promise<HistoryAnswer> {
  const { datasourceUid, query, history, nowMs } = question;
  try {
    const datasource = await getDataSourceSrv().get({ uid: datasourceUid });
    const answers: ObservableInput<DataQueryResponse> = datasource.query(requestOf(query, history, nowMs));
    const response = await lastValueFrom<DataQueryResponse, null>(
      from(answers).pipe(
        takeWhile(({ state }) => state === LoadingState.Loading, true),
        takeUntil(fromEvent(signal, 'abort'))
      ),
      { defaultValue: null }
    );
    signal.throwIfAborted();
    const error = response?.errors?.[0] ?? response?.error;
    if (error !== undefined) {
      return { kind: 'failed', message: error.message ?? error.data?.message ?? error.statusText ?? '' };
    }
    return { kind: 'series', series: regularSeriesOf(response?.data ?? []), datasourceName: datasource.name };
  } catch (thrown) {
    signal.throwIfAborted();
    return { kind: 'failed', message: messageOf(thrown) };
  }
}

function requestOf(query: DataQuery, history: History, nowMs: number): DataQueryRequest {
  const stepMs = history.stepSeconds * 1000;
  const toMs = Math.floor(nowMs / stepMs) * stepMs;
  const fromTime = dateTime(toMs - history.seconds * 1000);
  const toTime = dateTime(toMs);
  const range: TimeRange = { from: fromTime, to: toTime, raw: { from: fromTime, to: toTime } };
  const interval = `${history.stepSeconds}s`;
  return {
    app: CoreApp.Unknown,
    requestId: `headroom-forecast-${query.refId}`,
    startTime: nowMs,
    range,
    timezone: 'utc',
    interval,
    intervalMs: stepMs,
    maxDataPoints: Math.ceil(history.seconds / history.stepSeconds) + 1,
    scopedVars: {
      __interval: { text: interval, value: interval },
      __interval_ms: { text: String(stepMs), value: stepMs },
    },
    targets: [asRange(query)],
  };
}

/** Prometheus-like queries of tables and stats ask for one instant; a forecast needs the range. */
function asRange(query: DataQuery): DataQuery {
  return 'expr' in query && query.datasource?.type === 'prometheus'
    ? { ...query, ...{ range: true, instant: false, exemplar: false, format: 'time_series' } }
    : query;
}

function messageOf(thrown: unknown): string {
  if (thrown instanceof Error) {
    return thrown.message;
  }
  if (typeof thrown === 'object' && thrown !== null) {
    const { data, message, statusText } = thrown as Readonly<Record<string, unknown>>;
    const inner = typeof data === 'object' && data !== null && 'message' in data ? data.message : undefined;
    return [inner, message, statusText].find((each): each is string => typeof each === 'string') ?? '';
  }
  return String(thrown);
}
