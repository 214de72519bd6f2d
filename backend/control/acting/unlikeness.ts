import type { Series } from '../../timeseries/index.ts';

/** So many equal values in a row are looked at. */
const LEAST_RUN = 6;
const LEAST_ZEROS = 3;
/** A run is unlike the past where it is so many times as long as any before. */
const LONGER = 2;

/**
 * Why the latest measurements are unlike any before, as of a source that lies, in words: zeros where there was never one,
 * or one value for longer than ever. `undefined` where they are not, or where the past is too short to tell.
 */
export function unlikeness({ values }: Series): string | undefined {
  const known = values.filter((value) => !Number.isNaN(value));
  const last = known.at(-1);
  if (last === undefined) {
    return undefined;
  }
  let run = 0;
  while (run < known.length && known[known.length - 1 - run] === last) {
    run++;
  }
  const past = known.subarray(0, known.length - run);
  if (past.length < 4 * Math.max(run, LEAST_RUN)) {
    return undefined;
  }
  if (last === 0 && run >= LEAST_ZEROS && !past.includes(0)) {
    return `it has been 0 ${String(run)} times in a row, which it never was before`;
  }
  if (run < LEAST_RUN) {
    return undefined;
  }
  let longest = 1;
  for (let index = 1, length = 1; index < past.length; index++) {
    length = past[index] === past[index - 1] ? length + 1 : 1;
    longest = Math.max(longest, length);
  }
  return run > LONGER * longest ? `it has stood still at ${String(last)} for ${String(run)} measurements` : undefined;
}
