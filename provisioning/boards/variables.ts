import { SOURCE_VARIABLES, type BoardSource } from './panelDraft.ts';

export type Variable = Readonly<Record<string, unknown>>;

/** A reference to the data source that a dashboard's variable holds. */
export function sourceRef(source: BoardSource): { readonly type: 'prometheus'; readonly uid: string } {
  return { type: 'prometheus', uid: `\${${SOURCE_VARIABLES[source]}}` };
}

/** The data source of Headroom's API, or of the Prometheus that scrapes it: those of provisioning/datasources first. */
export function sourceVariable(source: BoardSource): Variable {
  const [label, text, value] =
    source === 'headroom' ? ['Headroom', 'Headroom', 'headroom'] : ['Prometheus', 'Prometheus', 'prometheus'];
  return {
    name: SOURCE_VARIABLES[source],
    label,
    type: 'datasource',
    query: 'prometheus',
    regex: '',
    refresh: 1,
    multi: false,
    includeAll: false,
    hide: 0,
    options: [],
    current: { text, value },
    skipUrlSync: false,
  };
}

export interface LabelVariable {
  readonly name: string;
  readonly label: string;
  /** The selector whose label's values it offers. */
  readonly selector: string;
  /** All of them by default, any number of them; otherwise exactly one. */
  readonly isMany: boolean;
  readonly source?: BoardSource;
}

/** A variable that offers the values of the label of its name. */
export function labelVariable({ name, label, selector, isMany, source = 'headroom' }: LabelVariable): Variable {
  const query = `label_values(${selector}, ${name})`;
  return {
    name,
    label,
    type: 'query',
    datasource: sourceRef(source),
    definition: query,
    query: { qryType: 1, query, refId: 'PrometheusVariableQueryEditor-VariableQuery' },
    refresh: 2,
    sort: 1,
    multi: isMany,
    includeAll: isMany,
    ...(isMany ? { allValue: '.*' } : {}),
    hide: 0,
    options: [],
    current: isMany ? { text: ['All'], value: ['$__all'] } : {},
    regex: '',
    skipUrlSync: false,
  };
}

/** A variable with a few fixed values, `chosen` of which is in force at first. */
export function choiceVariable(name: string, label: string, values: readonly string[], chosen: string): Variable {
  return {
    name,
    label,
    type: 'custom',
    query: values.join(','),
    multi: false,
    includeAll: false,
    hide: 0,
    options: values.map((value) => ({ text: value, value, selected: value === chosen })),
    current: { text: chosen, value: chosen },
    skipUrlSync: false,
  };
}

/** The matchers of the variables that name workloads. */
export const FILTER = 'workload=~"$workload",account=~"$account",tier=~"$tier",region=~"$region"';

/** Whose workloads, and which: each offers what those before it leave. */
export function fleetVariables(workload: 'one' | 'many'): Variable[] {
  return [
    labelVariable({ name: 'account', label: 'Account', selector: 'headroom_actual', isMany: true }),
    labelVariable({
      name: 'tier',
      label: 'Tier',
      selector: 'headroom_actual{account=~"$account"}',
      isMany: true,
    }),
    labelVariable({
      name: 'region',
      label: 'Region',
      selector: 'headroom_actual{account=~"$account",tier=~"$tier"}',
      isMany: true,
    }),
    labelVariable({
      name: 'workload',
      label: 'Workload',
      selector: 'headroom_actual{account=~"$account",tier=~"$tier",region=~"$region"}',
      isMany: workload === 'many',
    }),
  ];
}
