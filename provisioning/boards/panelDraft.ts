/** Where a panel asks: the sidecar's Prometheus API, past and future, or a Prometheus that scrapes its `/metrics`. */
export type BoardSource = 'headroom' | 'metrics';

/** The variable of a dashboard that holds the data source. */
export const SOURCE_VARIABLES: Readonly<Record<BoardSource, string>> = { headroom: 'datasource', metrics: 'metrics' };

export interface Query {
  readonly expr: string;
  /** What a series is called; default by its labels. */
  readonly legend?: string;
}

export interface Override {
  readonly matcher: { readonly id: 'byName' | 'byRegexp'; readonly options: string };
  readonly properties: ReadonlyArray<{ readonly id: string; readonly value: unknown }>;
}

export interface DataLink {
  readonly title: string;
  readonly url: string;
}

/** What every kind of panel is told. */
export interface PanelTexts {
  /** Stays as it is: links and alert rules name it. */
  readonly id: number;
  readonly title: string;
  readonly description: string;
  /** Of 24 columns. */
  readonly width: number;
  readonly height: number;
  readonly source?: BoardSource;
}

/** A panel before it has a place. */
export interface PanelDraft extends PanelTexts {
  readonly type: string;
  readonly queries: readonly Query[];
  /** Asked at now alone, whatever the dashboard's range. */
  readonly isPresent: boolean;
  readonly isTable?: boolean;
  readonly defaults: Readonly<Record<string, unknown>>;
  readonly overrides?: readonly Override[];
  readonly options: Readonly<Record<string, unknown>>;
  readonly transformations?: readonly unknown[];
  readonly links?: readonly DataLink[];
}
