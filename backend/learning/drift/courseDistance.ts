/** How the last day's course lies to those of the seven days before, all without their levels. */
export interface CourseDistance {
  /** From the nearest day, in mean deviations of that day. */
  readonly season: number;
  /** How many times nearer it is to a day moved by hours than to one that is not, or by an hour at most. */
  readonly moved: number;
}

const DAYS = 7;
const LEAST_DAYS = 4;
const LEAST_SHARE = 0.75;
const LEAST_PAIRS = 4;
const HOURS = 24;
/** Moved by so many hours at least, and so many at most: beyond it is nearer to the day before or after. */
const [LEAST_MOVED, MOST_MOVED] = [3, 21];

/** Undefined of less than four days, or where too much is missing. `means` are of blocks, oldest first, `null` where missing. */
export function courseDistance(means: ReadonlyArray<number | null>, perDay: number): CourseDistance | undefined {
  if (means.length < LEAST_DAYS * perDay) {
    return undefined;
  }
  const season = nearest(means, perDay, 0, 0);
  if (!Number.isFinite(season)) {
    return undefined;
  }
  const hour = perDay / HOURS;
  const other = nearest(means, perDay, LEAST_MOVED * hour, MOST_MOVED * hour);
  return { season, moved: other > 0 ? Math.min(season, nearest(means, perDay, -hour, hour)) / other : 0 };
}

/** Of days that lie whole before the last one. */
function nearest(means: ReadonlyArray<number | null>, perDay: number, fromLag: number, toLag: number): number {
  let least = Number.POSITIVE_INFINITY;
  for (let lag = Math.round(fromLag); lag <= toLag; lag++) {
    for (let day = 0; day <= DAYS; day++) {
      const back = lag + day * perDay;
      least = back < perDay ? least : Math.min(least, distance(means, perDay, back));
    }
  }
  return least;
}

function distance(means: ReadonlyArray<number | null>, perDay: number, back: number): number {
  const end = means.length;
  let [count, now, then] = [0, 0, 0];
  for (let at = end - perDay; at < end; at++) {
    const [mean, before] = [means[at] ?? null, means[at - back] ?? null];
    if (mean !== null && before !== null) {
      count++;
      now += mean;
      then += before;
    }
  }
  if (count < LEAST_SHARE * perDay || count < LEAST_PAIRS) {
    return Number.POSITIVE_INFINITY;
  }
  let [difference, size] = [0, 0];
  for (let at = end - perDay; at < end; at++) {
    const [mean, before] = [means[at] ?? null, means[at - back] ?? null];
    if (mean !== null && before !== null) {
      difference += Math.abs(mean - before - (now - then) / count);
      size += Math.abs(before - then / count);
    }
  }
  return size > 0 ? difference / size : Number.POSITIVE_INFINITY;
}
