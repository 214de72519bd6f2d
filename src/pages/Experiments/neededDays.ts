import type { ExperimentPower } from '../../../contract/experiments.ts';

const DAY_SECONDS = 86_400;
/** A test may last no longer. */
const MOST_DAYS = 112;

/**
 * Days after which a difference of so large a share of the mean is found, in whole blocks; null where that is longer than
 * a test may last or the past does not tell. What is found shrinks with the root of the length.
 */
export function neededDays({ points, periodSeconds }: ExperimentPower, relative: number): number | null {
  const known = points.flatMap(({ days, relative: found }) =>
    found === null || found <= 0 ? [] : [{ days, relative: found }]
  );
  const last = known.at(-1);
  if (last === undefined || !(relative > 0)) {
    return null;
  }
  const block = (2 * periodSeconds) / DAY_SECONDS;
  const enough = known.find((point) => point.relative <= relative);
  const shorter = known.filter((point) => point.relative > relative).at(-1);
  const from = shorter ?? last;
  const estimate = shorter === undefined ? (enough?.days ?? last.days) : from.days * (from.relative / relative) ** 2;
  const days = Math.ceil(Math.min(estimate, enough?.days ?? Infinity) / block) * block;
  return days > MOST_DAYS ? null : days;
}
