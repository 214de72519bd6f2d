import { detectSeasonSteps, type History } from '../../forecasting/index.ts';

const MOST_LOOKED_AT = 50;

/** The season that most of the series have, in steps; 1 for none. */
export function commonSeason(histories: ReadonlyMap<string, History>): number {
  const counts = new Map<number, number>();
  for (const { target } of [...histories.values()].slice(0, MOST_LOOKED_AT)) {
    const season = target.values.some((value) => !Number.isNaN(value)) ? detectSeasonSteps(target) : 1;
    counts.set(season, (counts.get(season) ?? 0) + 1);
  }
  return [...counts].sort((a, b) => b[1] - a[1])[0]?.[0] ?? 1;
}
