import type { History } from '../../forecasting/index.ts';
import type { ImportanceGroup } from './importanceGroup.ts';
import type { SeriesParts } from './seriesParts.ts';

/** Changes of a value smaller than this share of the largest are rounding. */
const ROUNDING = 1e-12;

/**
 * What the past of the target itself says: levels, rate of change, seasons, trend, remainder, gaps.
 *
 * Each is taken out about the present: what stands at the last instant stays there, so that a season taken away is no
 * change of level. Nothing leaves the range that was measured.
 */
export function targetGroups(parts: SeriesParts): ImportanceGroup[] {
  const { trend, seasons, expected, rest, smoothRest, levels } = parts;
  const [shortest] = levels;
  return [
    ...levels.map(({ label, steps }) =>
      group(
        'rolling',
        `mean_${label}`,
        `the level of the last ${label}, beside what trend and seasons say`,
        (values) => {
          const from = Math.max(0, values.length - steps);
          const level = mean(rest.subarray(from));
          return values.map((value, t) => (t < from ? value : value - level));
        }
      )
    ),
    ...(shortest === undefined
      ? []
      : [
          group('rate', `rate_${shortest.label}`, `how it has changed over the last ${shortest.label}`, (values) => {
            const from = Math.max(0, values.length - shortest.steps);
            const slope = slopeOf(rest.subarray(from));
            return values.map((value, t) => (t < from ? value : value - slope * (t - values.length + 1)));
          }),
        ]),
    ...seasons.map(({ window, values: season }) =>
      group('decomposition', `seasonal_${window.label}`, `what recurs every ${window.label}`, (values) =>
        values.map((value, t) => value - (season[t]! - season.at(-1)!))
      )
    ),
    group('decomposition', 'trend', 'slow change of the level, over about a week', (values) =>
      trend === undefined ? values : values.map((value, t) => value - (trend[t]! - trend.at(-1)!))
    ),
    group('decomposition', 'remainder', 'what is irregular: noise, spikes', (values) =>
      values.map((value, t) => (Number.isNaN(value) ? value : expected[t]! + smoothRest[t]!))
    ),
    group('missing', 'missing', 'gaps, and the age of the last measurement', (values) => {
      const first = values.findIndex((value) => !Number.isNaN(value));
      let last = 0;
      return values.map((value, t) => {
        last = Number.isNaN(value) ? last : smoothRest[t]!;
        return Number.isNaN(value) && t > first ? expected[t]! + last : value;
      });
    }),
  ];
}

function group(
  kind: ImportanceGroup['kind'],
  name: string,
  description: string,
  without: (values: Float64Array) => Float64Array
): ImportanceGroup {
  return {
    kind,
    name,
    description,
    neutralise(history) {
      const { grid, values } = history.target;
      const neutral = withinRange(without(values), values);
      return isSame(values, neutral) ? undefined : { ...history, target: { grid, values: neutral } };
    },
  };
}

function withinRange(neutral: Float64Array, measured: Float64Array): Float64Array {
  let least = Number.POSITIVE_INFINITY;
  let largest = Number.NEGATIVE_INFINITY;
  for (const value of measured) {
    if (Number.isFinite(value)) {
      least = Math.min(least, value);
      largest = Math.max(largest, value);
    }
  }
  return neutral.map((value, t) =>
    Number.isNaN(value) ? measured[t]! : value < least ? least : value > largest ? largest : value
  );
}

function isSame(a: History['target']['values'], b: Float64Array): boolean {
  const size = a.reduce((largest, value) => (Math.abs(value) > largest ? Math.abs(value) : largest), 0);
  return a.every((value, t) => Object.is(value, b[t]) || Math.abs(value - b[t]!) <= ROUNDING * size);
}

function mean(values: Float64Array): number {
  let sum = 0;
  let count = 0;
  for (const value of values) {
    if (!Number.isNaN(value)) {
      sum += value;
      count++;
    }
  }
  return count === 0 ? 0 : sum / count;
}

/** Least squares, per step; 0 where fewer than two are measured. */
function slopeOf(values: Float64Array): number {
  const center = mean(values);
  const middle = mean(values.map((value, t) => (Number.isNaN(value) ? Number.NaN : t)));
  let products = 0;
  let squares = 0;
  values.forEach((value, t) => {
    if (!Number.isNaN(value)) {
      products += (t - middle) * (value - center);
      squares += (t - middle) ** 2;
    }
  });
  return squares === 0 ? 0 : products / squares;
}
