import type { SourceView } from '../../../../contract/sources.ts';
import { readForecastParams } from '../../Forecast/forecastParams';
import { EMPTY_DRAFT, type QueryValue, type SetupDraft } from './setupDraft';
import { suggestedName } from './suggestedName';

/** A form as a page begins with it, and the data source of the panel that it came from. */
export interface Prefilled {
  readonly draft: SetupDraft;
  /** The uid of a data source that no source of the sidecar leads to; null where there is nothing to say. */
  readonly unmatched: string | null;
}

const OWN_VARIABLES = /\$\{?__(?:rate_interval|interval|range)\}?/g;

/** The form from the page's address, which may name a panel's query; with one source alone, that is chosen. */
export function prefilled(params: URLSearchParams, sources: readonly SourceView[]): Prefilled {
  const [only, ...others] = sources;
  const source = only !== undefined && others.length === 0 ? only.name : '';
  const asked = readForecastParams(params);
  if (asked === null) {
    return { draft: { ...EMPTY_DRAFT, source }, unmatched: null };
  }
  const { datasourceUid, query, title } = asked;
  const found = sourceFor(datasourceUid, query.datasource?.type, sources);
  const value = queryFor(query as unknown as Readonly<Record<string, unknown>>, found?.type ?? 'prometheus');
  return {
    draft: {
      ...EMPTY_DRAFT,
      source: found?.name ?? '',
      query: value,
      name: suggestedName(value, title),
    },
    unmatched: found === undefined ? datasourceUid : null,
  };
}

/** The source that asks the panel's data source; failing that the only Prometheus for a Prometheus query. */
function sourceFor(uid: string, type: string | undefined, sources: readonly SourceView[]): SourceView | undefined {
  const same = sources.find(({ datasource }) => datasource?.uid === uid);
  const [first, ...others] = sources.filter((source) => source.type === 'prometheus');
  return same ?? (type === 'prometheus' && others.length === 0 ? first : undefined);
}

/** Text for what takes text; Grafana's own variables, which only Grafana fills in, become five minutes. */
function queryFor(query: Readonly<Record<string, unknown>>, sourceType: SourceView['type']): QueryValue {
  const { expr } = query;
  if (typeof expr === 'string') {
    return expr.replace(OWN_VARIABLES, '5m');
  }
  return sourceType === 'grafana' ? query : '';
}
