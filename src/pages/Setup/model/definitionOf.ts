import type { WorkloadEntry } from '../../../../contract/workloadsFile.ts';
import type { SetupDraft } from './setupDraft';
import { choiceOf } from './stepChoices';

const DEFAULT_STEP = '5m';

/** The declaration that a form makes; what was left empty is left out, what the form does not show is kept. */
export function definitionOf(draft: SetupDraft): WorkloadEntry {
  const { base } = draft;
  return withoutNothing({
    ...base,
    name: draft.name,
    source: textOrNothing(draft.source),
    activity: activityOf(draft),
    capacity: {
      ...base?.capacity,
      replicas: draft.replicas === '' ? undefined : { ...base?.capacity?.replicas, query: draft.replicas },
      perReplica: draft.isPerReplicaLearnt ? 'auto' : quantityOf(draft.perReplica),
    },
    slo: { ...base?.slo, latencySeconds: quantityOf(draft.latencySeconds), objective: quantityOf(draft.objective) },
    forecast: forecastOf(draft),
    scaling: { ...base?.scaling, leadTime: textOrNothing(draft.leadTime) },
    cost: {
      ...base?.cost,
      replicaHour: quantityOf(draft.replicaHour),
      violationMinute: quantityOf(draft.violationMinute),
      currency: textOrNothing(draft.currency),
    },
  }) as WorkloadEntry;
}

/** The first activity is the demand, whatever it was called before; others keep their order after it. */
function activityOf({ base, activity, query, unit }: SetupDraft): Record<string, unknown> | undefined {
  const [former, ...others] = Object.entries(base?.activity ?? {});
  return query === ''
    ? Object.fromEntries(others)
    : { [activity]: { ...former?.[1], query, unit: textOrNothing(unit) }, ...Object.fromEntries(others) };
}

function forecastOf({ base, step }: SetupDraft): WorkloadEntry['forecast'] {
  if (step === (base?.forecast?.step ?? DEFAULT_STEP)) {
    return base?.forecast;
  }
  return { ...base?.forecast, ...choiceOf(step) };
}

function textOrNothing(text: string): string | undefined {
  const trimmed = text.trim();
  return trimmed === '' ? undefined : trimmed;
}

/** A number where the text is one; else the text, which the schema then judges. */
function quantityOf(text: string): string | number | undefined {
  const trimmed = text.trim();
  if (trimmed === '') {
    return undefined;
  }
  const number = Number(trimmed);
  return Number.isFinite(number) ? number : trimmed;
}

/** Without fields that are undefined, and without objects that thereby have none. */
function withoutNothing(value: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const kept: Record<string, unknown> = {};
  for (const [key, field] of Object.entries(value)) {
    const isRecord = typeof field === 'object' && field !== null && !Array.isArray(field);
    const inner = isRecord && key !== 'query' ? withoutNothing(field as Record<string, unknown>) : field;
    const isEmpty = isRecord && key !== 'query' && key !== 'planning' && Object.keys(inner as object).length === 0;
    if (inner !== undefined && !isEmpty) {
      kept[key] = inner;
    }
  }
  return kept;
}
