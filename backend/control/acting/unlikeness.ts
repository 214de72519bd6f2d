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
  const last = values.findLast((value) => !Number.isNaN(value));
  const run = last === undefined ? 0 : runAtEnd(values, last);
  // Most looks end here, before anything is copied.
  if (last === undefined || run < (last === 0 ? LEAST_ZEROS : LEAST_RUN)) {
    return undefined;
  }
  const known = values.filter((value) => !Number.isNaN(value));
  const past = known.subarray(0, known.length - run);
  if (past.length < 4 * Math.max(run, LEAST_RUN)) {
    return undefined;
  }
  if (last === 0 && !past.includes(0)) {
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

/** How many of the last measurements are `last`; gaps count for nothing. */
function runAtEnd(values: Float64Array, last: number): number {
  let run = 0;
  for (let index = values.length - 1; index >= 0; index--) {
    const value = values[index]!;
    if (value === last) {
      run++;
    } else if (!Number.isNaN(value)) {
      break;
    }
  }
  return run;
}
