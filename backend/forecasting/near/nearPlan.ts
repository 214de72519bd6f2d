const DAY = 86_400;
const HOUR = 3600;
const MINUTE = 60;
/** So many rows before the last one learnt may still be asked about: what runs late. */
export const LATE_ROWS = 256;
/** Up to here a dense plan has every lead. */
const DENSE = 12;
const LEADS = [1, 2, 3, 5, 8, 12, 20, 30, 45, 60, 90, 120, 180, 240, 480, 960, 1920];

/** What the near forecaster looks at, in steps. */
export interface NearPlan {
  /** The cycle whose last seven turns are read: the season, or a day where none is given. */
  readonly cycle: number;
  /** A shorter cycle within it: an hour, at which jobs recur. */
  readonly shortCycle: number;
  /** The window whose mean the changes are measured from. */
  readonly level: number;
  /** Windows of means, ascending. */
  readonly windows: readonly number[];
  /** Leads for which a model is learnt, ascending; those between are interpolated. */
  readonly leads: readonly number[];
  readonly daySteps: number;
  /** How far off what recurs at a time of day may come. */
  readonly jitter: number;
  /** What counts as the same time of day, to both sides. */
  readonly sameTime: number;
}

/** The plan for a grid's step and a horizon; a dense one interpolates no near lead. */
export function nearPlan(stepSeconds: number, seasonSteps: number, horizon: number, isDense = false): NearPlan {
  const steps = (seconds: number): number => Math.max(1, Math.round(seconds / stepSeconds));
  const cycle = Math.max(2, seasonSteps > 1 ? seasonSteps : steps(DAY));
  const every = Array.from({ length: DENSE }, (_, index) => index + 1);
  const leads = isDense ? [...every, ...LEADS.filter((lead) => lead > DENSE)] : LEADS;
  return {
    cycle,
    shortCycle: Math.max(1, Math.min(steps(HOUR), cycle)),
    level: steps(5 * MINUTE),
    windows: [steps(15 * MINUTE), steps(HOUR), steps(4 * HOUR), steps(DAY)],
    leads: [...leads.filter((lead) => lead < horizon), Math.min(horizon, LEADS.at(-1)!)],
    daySteps: steps(DAY),
    jitter: steps(3 * MINUTE),
    sameTime: steps(45 * MINUTE),
  };
}
