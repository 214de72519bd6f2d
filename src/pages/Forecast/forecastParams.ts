import type { DataQuery } from '@grafana/schema';
import { PARAMS } from '../../routes';

/** What "Forecast this panel" puts into the address. */
export interface ForecastParams {
  readonly datasourceUid: string;
  readonly query: DataQuery;
  readonly title: string;
  readonly from: string | null;
}

/** Reads the address of the forecast page; null where it names no query. */
export function readForecastParams(params: URLSearchParams): ForecastParams | null {
  const datasourceUid = params.get(PARAMS.datasource);
  const text = params.get(PARAMS.query);
  if (datasourceUid === null || datasourceUid === '' || text === null) {
    return null;
  }
  const query = parseQuery(text, datasourceUid);
  return query === null
    ? null
    : { datasourceUid, query, title: params.get(PARAMS.panelTitle) ?? '', from: params.get(PARAMS.from) };
}

function parseQuery(text: string, uid: string): DataQuery | null {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value !== 'object' || value === null || Array.isArray(value)) {
      return null;
    }
    const query = value as Partial<DataQuery>;
    return { ...query, refId: query.refId ?? 'A', datasource: { ...query.datasource, uid } };
  } catch (thrown) {
    if (thrown instanceof SyntaxError) {
      return null;
    }
    throw thrown;
  }
}
