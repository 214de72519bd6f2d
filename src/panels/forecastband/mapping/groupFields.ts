import type { Field } from '@grafana/data';
import type { Role } from './roles';

/** A field and what it is; fields whose role nothing tells have none. */
export interface RoledField {
  readonly field: Field;
  readonly displayName: string;
  readonly role: Role | undefined;
  /** Whether the options say so, in which case labels do not count. */
  readonly isExplicit: boolean;
}

/** Fields that describe one quantity. */
export interface FieldGroup {
  readonly labels: Readonly<Record<string, string>>;
  readonly fields: ReadonlyArray<RoledField & { readonly role: Role }>;
}

export interface Grouping {
  readonly groups: readonly FieldGroup[];
  readonly unused: readonly RoledField[];
}

/** Labels that tell what a series is, not which quantity it belongs to. */
const ROLE_LABELS: ReadonlySet<string> = new Set(['__name__', 'quantile', 'ml_forecast', 'unit', 'kind']);

/**
 * Fields by quantity: those that agree in every label but the ones that carry a role. A field without a
 * role is what was measured, where its quantity has a forecast and no measurement, or where it is the only one.
 */
export function groupFields(fields: readonly RoledField[]): Grouping {
  const byKey = new Map<string, FieldGroup>();
  const add = (field: RoledField, role: Role, labels: Readonly<Record<string, string>>) => {
    const key = keyOf(labels);
    const group = byKey.get(key) ?? { labels, fields: [] };
    byKey.set(key, { ...group, fields: [...group.fields, { ...field, role }] });
  };
  const roleless: RoledField[] = [];
  for (const field of fields) {
    if (field.role === undefined) {
      roleless.push(field);
    } else {
      add(field, field.role, field.isExplicit ? {} : quantityLabels(field.field));
    }
  }
  const unused = roleless.filter((field) => {
    const labels = quantityLabels(field.field);
    const group = byKey.get(keyOf(labels));
    const isItsMeasurement = group !== undefined && hasForecast(group) && !hasRole(group, 'actual');
    if (isItsMeasurement) {
      add(field, { kind: 'actual' }, labels);
    }
    return !isItsMeasurement;
  });
  const groups = [...byKey.values()];
  const [only] = unused;
  if (unused.length === 1 && only !== undefined && !groups.some((group) => hasRole(group, 'actual'))) {
    return {
      groups: adoptLoners([...groups, { labels: {}, fields: [{ ...only, role: { kind: 'actual' } }] }]),
      unused: [],
    };
  }
  return { groups: adoptLoners(groups), unused };
}

/** Whether a group says anything of the future. */
export function hasForecast({ fields }: Pick<FieldGroup, 'fields'>): boolean {
  return fields.some(
    ({ role: { kind } }) => kind === 'quantile' || kind === 'lower' || kind === 'upper' || kind === 'mean'
  );
}

function hasRole({ fields }: FieldGroup, kind: Role['kind']): boolean {
  return fields.some(({ role }) => role.kind === kind);
}

/**
 * Where one group alone has a forecast, groups that bring only what it lacks belong to it: a measured
 * series and its forecast often differ in labels.
 */
function adoptLoners(groups: readonly FieldGroup[]): readonly FieldGroup[] {
  const forecasts = groups.filter(hasForecast);
  const [main] = forecasts;
  if (main === undefined || forecasts.length > 1) {
    return groups;
  }
  let grown = main;
  const rest: FieldGroup[] = [];
  for (const group of groups) {
    if (group === main) {
      continue;
    }
    if (group.fields.some(({ role }) => hasRole(grown, role.kind))) {
      rest.push(group);
    } else {
      grown = { ...grown, fields: [...grown.fields, ...group.fields] };
    }
  }
  return [grown, ...rest];
}

function quantityLabels(field: Field): Record<string, string> {
  return Object.fromEntries(Object.entries(field.labels ?? {}).filter(([label]) => !ROLE_LABELS.has(label)));
}

function keyOf(labels: Readonly<Record<string, string>>): string {
  return JSON.stringify(Object.entries(labels).sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)));
}
