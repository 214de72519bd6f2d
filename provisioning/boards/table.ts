import type { GrafanaOptions } from './grafanaTypes.ts';
import type { DataLink, Override, PanelDraft, PanelTexts } from './panelDraft.ts';

export interface Column {
  /** How it is called. */
  readonly name: string;
  /** A label of the series, or an expression whose value stands there. */
  readonly of: { readonly label: string } | { readonly expr: string };
  readonly unit?: string;
  readonly decimals?: number;
  readonly colors?: Readonly<Record<string, unknown>>;
  readonly link?: DataLink;
}

export interface TableSpec extends PanelTexts {
  readonly columns: readonly Column[];
  readonly sortBy: string;
  readonly isAscending?: boolean;
  readonly noValue?: string;
}

/** What holds now, a row for each set of labels, a column for each expression. */
export function table(spec: TableSpec): PanelDraft {
  const { columns, sortBy, isAscending = false, noValue = '', ...texts } = spec;
  const queries = columns.flatMap(({ of }) => ('expr' in of ? [{ expr: of.expr, legend: '' }] : []));
  const fields = fieldsOf(columns);
  return {
    ...texts,
    type: 'table',
    queries,
    isPresent: true,
    isTable: true,
    defaults: { unit: 'string', noValue },
    overrides: columns.flatMap(overrideOf),
    options: {
      showHeader: true,
      cellHeight: 'sm',
      sortBy: [{ displayName: sortBy, desc: !isAscending }],
    } satisfies GrafanaOptions['table'],
    transformations: [
      { id: 'merge', options: {} },
      {
        id: 'organize',
        options: {
          excludeByName: { Time: true },
          indexByName: Object.fromEntries(fields.map((field, index) => [field, index])),
          renameByName: Object.fromEntries(fields.map((field, index) => [field, columns[index]!.name])),
        },
      },
    ],
  };
}

/** As Grafana calls them after the merge: one value alone has no letter. */
function fieldsOf(columns: readonly Column[]): string[] {
  const count = columns.filter(({ of }) => 'expr' in of).length;
  let index = 0;
  return columns.map(({ of }) =>
    'label' in of ? of.label : count === 1 ? 'Value' : `Value #${String.fromCharCode(65 + index++)}`
  );
}

function overrideOf({ name, unit, decimals, colors, link }: Column): Override[] {
  const properties = [
    ...(unit === undefined ? [] : [{ id: 'unit', value: unit }]),
    ...(decimals === undefined ? [] : [{ id: 'decimals', value: decimals }]),
    ...Object.entries(colors ?? {}).map(([id, value]) => ({ id, value })),
    ...(colors === undefined ? [] : [{ id: 'custom.cellOptions', value: { type: 'color-text' } }]),
    ...(link === undefined ? [] : [{ id: 'links', value: [link] }]),
  ];
  return properties.length === 0 ? [] : [{ matcher: { id: 'byName', options: name }, properties }];
}
