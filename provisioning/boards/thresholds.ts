type Step = readonly [from: number | null, color: string];

/** Steps of colour for a field, the first from below; named colours suit the dark and the light theme alike. */
export function thresholds(...steps: readonly Step[]): Readonly<Record<string, unknown>> {
  return {
    color: { mode: 'thresholds' },
    thresholds: { mode: 'absolute', steps: steps.map(([value, color]) => ({ color, value })) },
  };
}

/** Of the probability of a shortfall; the alert rules begin at 5 %. */
export const RISK = thresholds([null, 'green'], [0.01, 'yellow'], [0.05, 'orange'], [0.2, 'red']);

/** Of demand as a share of usable capacity. */
export const FILL = thresholds([null, 'green'], [0.7, 'yellow'], [0.85, 'orange'], [1, 'red']);
