import { occlusionImportance, type GroupImportance, type HorizonPart } from '../../features/index.ts';
import { PUBLISHED_LEVELS, type History, type Predictor } from '../../forecasting/index.ts';
import { gridEnd } from '../../timeseries/index.ts';
import { calendarGroup } from './calendarGroup.ts';
import { CATEGORY_GROUPS } from './categoryGroups.ts';
import { covariateGroups } from './covariateGroups.ts';
import type { ImportanceGroup } from './importanceGroup.ts';
import { seriesParts } from './seriesParts.ts';
import { targetGroups } from './targetGroups.ts';

const NEAR_SHARE = 1 / 12;
const MIDDLE_SHARE = 1 / 3;

/** Near, middle and far: the first twelfth of the horizon, up to a third, and the rest, as far as there are steps. */
export type ImportancePart = HorizonPart & { readonly name: 'near' | 'middle' | 'far' };

export interface ImportanceOptions {
  /** Steps, 1 or more. */
  readonly horizon: number;
  /** Steps in the main season, 1 for none; found where it is absent. */
  readonly seasonSteps?: number;
}

/** How much a forecast used of something it can use. */
export type FeatureImportance = Omit<GroupImportance<ImportanceGroup>, 'group'> &
  Pick<ImportanceGroup, 'name' | 'kind' | 'description'>;

/** What a forecast used, and how much each mattered. */
export interface ForecastImportance {
  readonly model: string;
  readonly cutoffSeconds: number;
  readonly parts: readonly ImportancePart[];
  /** Most important first; none where there is nothing to say. */
  readonly groups: readonly FeatureImportance[];
  /** Mean distance of the outermost quantiles, in the target's unit; 0 where there are no groups. */
  readonly width: number;
  /** Forecasts that it took: at most 1 and one for each group, and for the calendar one more. */
  readonly forecastCount: number;
  /** Why there are no groups, in words. */
  readonly emptyReason?: string;
}

/**
 * How far the quantiles of a predictor's forecast move when one thing after the other that it can use is taken out of
 * the history: levels, rate of change, seasons, trend, remainder, gaps, calendar, covariates, static metadata.
 *
 * Deterministic, and made from the history alone. The predictor stays as it was fitted: what it learnt then from a group
 * is no part of it. Of a constant, and of a series without a measurement, there is nothing to say.
 */
export async function forecastImportance(
  predictor: Predictor,
  history: History,
  { horizon, seasonSteps }: ImportanceOptions
): Promise<ForecastImportance> {
  const { target } = history;
  const base = { model: predictor.name, cutoffSeconds: gridEnd(target.grid), parts: horizonParts(horizon) };
  const emptyReason = reasonForNothing(target.values);
  if (emptyReason !== undefined) {
    return { ...base, groups: [], width: 0, forecastCount: 0, emptyReason };
  }
  const groups = [
    ...targetGroups(seriesParts(target, seasonSteps)),
    calendarGroup,
    ...covariateGroups(history),
    ...CATEGORY_GROUPS,
  ];
  const occlusion = await occlusionImportance(
    (known: History) => predictor.predict(known, { horizon, levels: PUBLISHED_LEVELS }),
    history,
    groups,
    base.parts
  );
  return {
    ...base,
    ...occlusion,
    groups: occlusion.groups.map(({ group: { name, kind, description }, ...numbers }) => ({
      name,
      kind,
      description,
      ...numbers,
    })),
  };
}

function horizonParts(horizon: number): ImportancePart[] {
  const near = Math.max(1, Math.round(NEAR_SHARE * horizon));
  const middle = Math.max(near, Math.round(MIDDLE_SHARE * horizon));
  const parts: readonly ImportancePart[] = [
    { name: 'near', from: 1, to: near },
    { name: 'middle', from: near + 1, to: middle },
    { name: 'far', from: middle + 1, to: horizon },
  ];
  return parts.filter(({ from, to }) => from <= to);
}

function reasonForNothing(values: Float64Array): string | undefined {
  const first = values.find(Number.isFinite);
  if (first === undefined) {
    return 'there is not one measurement, so there is no forecast';
  }
  return values.some((value) => Number.isFinite(value) && value !== first)
    ? undefined
    : `every measurement is ${String(first)}: nothing ever changed, so nothing can matter`;
}
