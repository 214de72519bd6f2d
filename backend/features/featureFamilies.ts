import { timeAt } from '../timeseries/index.ts';
import { CALENDAR_NAMES, calendarNames, eventFeatureName, type CalendarName } from './calendarFeatures.ts';
import type { Feature, FeatureGroup } from './feature.ts';
import type { FeatureContext } from './featureContext.ts';

/** A feature but for what its family says of it; `values` lie on the target's grid, or with the horizon where known ahead. */
interface Member {
  readonly name: string;
  readonly unit: string;
  readonly values: () => Float64Array;
}

/** Features that are made alike: their pattern of a name, and those of one series. */
export interface FeatureFamily {
  readonly pattern: string;
  readonly group: FeatureGroup;
  readonly description: string;
  readonly isKnownAhead: boolean;
  members(context: FeatureContext): readonly Member[];
}

/** Every feature there is, in the order in which they are listed. */
export const FEATURE_FAMILIES: readonly FeatureFamily[] = [
  {
    pattern: 'mean_<window>',
    group: 'rolling',
    description: 'mean over the last window',
    isKnownAhead: false,
    members: ({ windows, unit, moments }) =>
      windows.map((window) => ({ name: `mean_${window.label}`, unit, values: () => moments(window).mean })),
  },
  {
    pattern: 'deviation_<window>',
    group: 'rolling',
    description: 'standard deviation over the last window',
    isKnownAhead: false,
    members: ({ windows, unit, moments }) =>
      windows.map((window) => ({ name: `deviation_${window.label}`, unit, values: () => moments(window).deviation })),
  },
  {
    pattern: 'rate',
    group: 'rate',
    description: 'change over the last step, per second',
    isKnownAhead: false,
    members: ({ input: { target }, unit }) => [
      { name: 'rate', unit: perSecond(unit), values: () => changes(target.values, 1, target.grid.stepSeconds) },
    ],
  },
  {
    pattern: 'rate_<window>',
    group: 'rate',
    description: 'mean of the last window less that of the one before it, per second',
    isKnownAhead: false,
    members: ({ windows, unit, moments }) =>
      windows.map((window) => ({
        name: `rate_${window.label}`,
        unit: perSecond(unit),
        values: () => changes(moments(window).mean, window.steps, window.seconds),
      })),
  },
  {
    pattern: 'trend',
    group: 'decomposition',
    description: 'median over the longest season that has passed, up to a week',
    isKnownAhead: false,
    members: ({ unit, decomposition }) => [{ name: 'trend', unit, values: () => decomposition().trend }],
  },
  {
    pattern: 'seasonal_<season>',
    group: 'decomposition',
    description: 'what earlier cycles had beside the trend (and shorter seasons) at this phase; median of up to seven',
    isKnownAhead: false,
    members: ({ seasons, unit, decomposition }) =>
      seasons.map(({ label }, i) => ({
        name: `seasonal_${label}`,
        unit,
        values: () => decomposition().seasons[i]!,
      })),
  },
  {
    pattern: 'seasonal',
    group: 'decomposition',
    description: 'the sum of the seasons that are known',
    isKnownAhead: false,
    members: ({ unit, decomposition }) => [{ name: 'seasonal', unit, values: () => decomposition().seasonal }],
  },
  {
    pattern: 'remainder',
    group: 'decomposition',
    description: 'the value less trend and seasonal: what the past does not say',
    isKnownAhead: false,
    members: ({ unit, decomposition }) => [{ name: 'remainder', unit, values: () => decomposition().remainder }],
  },
  ...(Object.keys(CALENDAR_NAMES) as CalendarName[]).map((name): FeatureFamily => ({
    pattern: name,
    group: 'calendar',
    description: CALENDAR_NAMES[name],
    isKnownAhead: true,
    members: ({ input: { target }, calendar }) =>
      calendarNames(target.grid.stepSeconds).includes(name)
        ? [{ name, unit: name === 'hour_of_day' ? 'h' : '', values: () => calendar().get(name)!.values }]
        : [],
  })),
  {
    pattern: 'event_<name>',
    group: 'calendar',
    description: 'share of the step that an event of the calendar takes, 0 to 1',
    isKnownAhead: true,
    members: ({ input, calendar }) =>
      [...new Set((input.events ?? []).map((event) => event.name))].map((event) => ({
        name: eventFeatureName(event),
        unit: '',
        values: () => calendar().get(eventFeatureName(event))!.values,
      })),
  },
  {
    pattern: 'missing',
    group: 'missing',
    description: '1 where nothing was measured, else 0',
    isKnownAhead: false,
    members: ({ input: { target } }) => [
      { name: 'missing', unit: '', values: () => target.values.map((value) => (Number.isNaN(value) ? 1 : 0)) },
    ],
  },
  {
    pattern: 'age',
    group: 'missing',
    description: 'seconds since the last measurement',
    isKnownAhead: false,
    members: ({ input: { target } }) => [
      { name: 'age', unit: 's', values: () => ages(target.values, target.grid.stepSeconds) },
    ],
  },
  ...(['day_sin', 'day_cos'] as const).map((clock): FeatureFamily => ({
    pattern: `<activity>_x_${clock}`,
    group: 'interaction',
    description: `an activity times ${clock}: what it means at this time of day`,
    isKnownAhead: true,
    members: ({ input, calendar, driverAhead }) =>
      (calendarNames(input.target.grid.stepSeconds).includes(clock) ? (input.drivers ?? []) : []).map((driver) => ({
        name: `${driver.name}_x_${clock}`,
        unit: driver.unit,
        values: () => {
          const phase = calendar().get(clock)!.values;
          return driverAhead(driver).map((value, i) => value * phase[i]!);
        },
      })),
  })),
];

/** The features of a family for one series. */
export function familyFeatures(family: FeatureFamily, context: FeatureContext): Feature[] {
  const { group, description, isKnownAhead } = family;
  const grid = isKnownAhead ? context.aheadGrid : context.input.target.grid;
  return family.members(context).map(({ name, unit, values }) => ({
    name,
    group,
    unit,
    description,
    isKnownAhead,
    series: () => ({ grid, values: values() }),
  }));
}

function perSecond(unit: string): string {
  return `${unit}/s`;
}

function changes(values: Float64Array, steps: number, seconds: number): Float64Array {
  return values.map((value, t) => {
    const change = t < steps ? Number.NaN : value - values[t - steps]!;
    return Number.isFinite(change) ? change / seconds : Number.NaN;
  });
}

function ages(values: Float64Array, stepSeconds: number): Float64Array {
  const grid = { startSeconds: 0, stepSeconds, length: values.length };
  let last = Number.NaN;
  return values.map((value, t) => {
    last = Number.isNaN(value) ? last : timeAt(grid, t);
    return timeAt(grid, t) - last;
  });
}
