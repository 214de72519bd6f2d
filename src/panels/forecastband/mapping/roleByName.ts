import { levelOfText } from './levelOfText';
import type { FieldIdentity, Role } from './roles';

/** Headroom's own series, by metric name. */
const METRICS: ReadonlyMap<string, Role> = new Map<string, Role>([
  ['headroom_actual', { kind: 'actual' }],
  ['headroom_forecast_mean', { kind: 'mean' }],
  ['headroom_capacity', { kind: 'capacity' }],
  ['headroom_shortfall_probability', { kind: 'probability' }],
]);

/** What forecasting tools call their columns, series and labels; whole words, `_` and `-` and spaces alike. */
const WORDS: ReadonlyArray<readonly [RegExp, Role]> = [
  [/^(?:.* )?(?:yhat|forecast|predict(?:ed|ion)?|ml forecast) (?:lower|low|lo|min)$/, { kind: 'lower' }],
  [/^(?:.* )?(?:yhat|forecast|predict(?:ed|ion)?|ml forecast) (?:upper|high|hi|max)$/, { kind: 'upper' }],
  [/^(?:.* )?(?:lower|lower bound|lo)$/, { kind: 'lower' }],
  [/^(?:.* )?(?:upper|upper bound|hi)$/, { kind: 'upper' }],
  [/^(?:.* )?(?:yhat|mean|forecast|predicted|prediction)$/, { kind: 'mean' }],
  [/^(?:.* )?(?:median)$/, { kind: 'quantile', level: 0.5 }],
  [/^(?:.* )?(?:shortfall probability|probability)$/, { kind: 'probability' }],
  [/^(?:.* )?(?:capacity|limit|quota)$/, { kind: 'capacity' }],
  [/^(?:.* )?(?:actual|actuals|measured|observed|y)$/, { kind: 'actual' }],
];

/** The label in which Grafana's own forecasts say what a series is. */
const FORECAST_LABEL = 'ml_forecast';

/**
 * What a field is by the conventions of naming: a `quantile` label, Headroom's metric names, names of
 * levels (`q0.1`, `p90`), and words (`yhat_lower`, `upper`, `capacity`). Undefined where none applies.
 */
export function roleByName(field: FieldIdentity): Role | undefined {
  const { labels } = field;
  const byLabel = levelOfText(labels.quantile ?? '');
  if (byLabel !== undefined) {
    return { kind: 'quantile', level: byLabel };
  }
  const metric = METRICS.get(labels.__name__ ?? '') ?? METRICS.get(field.name);
  if (metric !== undefined) {
    return metric;
  }
  for (const text of [labels[FORECAST_LABEL], field.name, field.displayName]) {
    const role = text === undefined ? undefined : roleOfText(text);
    if (role !== undefined) {
      return role;
    }
  }
  return undefined;
}

function roleOfText(text: string): Role | undefined {
  const level = levelOfText(text, true);
  if (level !== undefined) {
    return { kind: 'quantile', level };
  }
  const words = text
    .toLowerCase()
    .replace(/[_\-\s]+/g, ' ')
    .trim();
  return WORDS.find(([pattern]) => pattern.test(words))?.[1];
}
