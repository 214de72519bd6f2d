import { FieldType, getFieldDisplayName, outerJoinDataFrames, type DataFrame, type Field } from '@grafana/data';
import type { Values } from '../../../charts/fan';
import type { MappingOptions } from '../options';
import { groupFields, hasForecast, type FieldGroup, type RoledField } from './groupFields';
import { groupNames } from './groupNames';
import { roleByName } from './roleByName';
import type { Role } from './roles';

/** One quantity among the results. */
export interface MappedGroup {
  /** Tells it apart from others; empty where it is alone. */
  readonly name: string;
  readonly actual?: Field;
  readonly mean?: Field;
  readonly capacity?: Field;
  readonly probability?: Field;
  /** Ascending levels, `values` is `[level][time]`. */
  readonly quantiles: { readonly levels: readonly number[]; readonly values: readonly Values[] };
  /** The field whose unit, limits and thresholds hold for the group. */
  readonly lead: Field;
  /** The first field of the forecast. */
  readonly forecast?: Field;
}

export interface Mapping {
  readonly timesMs: readonly number[];
  readonly groups: readonly MappedGroup[];
  readonly hasForecast: boolean;
  /** The names of number fields that nothing is known of. */
  readonly unused: readonly string[];
}

/** Brings the results of all queries onto one time axis and finds out what each field is; null without time or numbers. */
export function mapFields(frames: readonly DataFrame[], options: MappingOptions): Mapping | null {
  const joined = outerJoinDataFrames({ frames: [...frames], keepDisplayNames: true, keepOriginIndices: true });
  const time = joined?.fields.find(({ type }) => type === FieldType.time);
  const numbers = joined?.fields.filter(({ type }) => type === FieldType.number) ?? [];
  if (joined === undefined || time === undefined || numbers.length === 0) {
    return null;
  }
  const explicit = explicitRoles(options);
  const { groups, unused } = groupFields(numbers.map((field) => roled(field, joined, frames, explicit)));
  const names = groupNames(groups.map(({ labels }) => labels));
  return {
    timesMs: time.values as number[],
    groups: groups.map((group, index) => mapped(group, names[index] ?? '', options)),
    hasForecast: groups.some(hasForecast),
    unused: unused.map(({ displayName }) => displayName),
  };
}

function roled(
  field: Field,
  joined: DataFrame,
  frames: readonly DataFrame[],
  explicit: ReadonlyMap<string, Role>
): RoledField {
  const { frameIndex = -1, fieldIndex = -1 } = field.state?.origin ?? {};
  const frame = frames[frameIndex];
  const displayName = getFieldDisplayName(frame?.fields[fieldIndex] ?? field, frame ?? joined, [...frames]);
  const chosen = explicit.get(displayName);
  if (chosen !== undefined) {
    return { field, displayName, role: chosen, isExplicit: true };
  }
  const name = /^value$/i.test(field.name) ? (frame?.name ?? field.name) : field.name;
  const role = roleByName({ name, displayName, labels: field.labels ?? {} });
  const isTaken = role !== undefined && [...explicit.values()].some(({ kind }) => kind === role.kind);
  return { field, displayName, role: isTaken ? undefined : role, isExplicit: false };
}

/** The roles that the options give to fields, by display name. */
function explicitRoles({ actual, capacity, probability, quantiles }: MappingOptions): Map<string, Role> {
  const roles = new Map<string, Role>();
  const set = (name: string | undefined, role: Role) => {
    if (name !== undefined && name !== '') {
      roles.set(name, role);
    }
  };
  set(actual, { kind: 'actual' });
  set(capacity, { kind: 'capacity' });
  set(probability, { kind: 'probability' });
  for (const { field, level } of quantiles ?? []) {
    if (level > 0 && level < 1) {
      set(field, { kind: 'quantile', level });
    }
  }
  return roles;
}

function mapped({ fields }: FieldGroup, name: string, { boundsPercent }: MappingOptions): MappedGroup {
  const first = (kind: Role['kind']) => fields.find(({ role }) => role.kind === kind)?.field;
  const byLevel = new Map<number, Field>();
  const addLevel = (level: number, field: Field | undefined) => {
    if (field !== undefined && !byLevel.has(level)) {
      byLevel.set(level, field);
    }
  };
  for (const { role, field } of fields) {
    if (role.kind === 'quantile') {
      addLevel(role.level, field);
    }
  }
  addLevel(levelOf(1 - boundsPercent / 100), first('lower'));
  addLevel(levelOf(1 + boundsPercent / 100), first('upper'));
  const ascending = [...byLevel].sort(([a], [b]) => a - b);
  const forecast = ascending[0]?.[1] ?? first('mean');
  return {
    name,
    actual: first('actual'),
    mean: first('mean'),
    capacity: first('capacity'),
    probability: first('probability'),
    quantiles: {
      levels: ascending.map(([level]) => level),
      values: ascending.map(([, field]) => field.values as Values),
    },
    lead: first('actual') ?? forecast ?? first('capacity') ?? fields[0]!.field,
    forecast,
  };
}

function levelOf(twice: number): number {
  return Number((twice / 2).toFixed(6));
}
