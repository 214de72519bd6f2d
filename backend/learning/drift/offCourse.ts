import type { DriftVerdict } from './driftVerdict.ts';

const OFF_COURSE: ReadonlySet<DriftVerdict['kind']> = new Set(['levelShift', 'seasonChange']);

/**
 * How far series are off the course that their forecasts take them for, the farthest of them: the statistic over what
 * noise passes, above 1; 1 where none is; undefined while nothing is known of any.
 *
 * Another level or another course of the day, once confirmed. Another spread is followed by the quantiles, growth by the
 * daily fit, and a frozen sensor has a hold of its own.
 */
export function offCourse(verdicts: Iterable<DriftVerdict>): number | undefined {
  const known = [...verdicts].filter(({ kind }) => kind !== 'unknown');
  return known.length === 0
    ? undefined
    : known.reduce(
        (farthest, { kind, isConfirmed, evidence }) =>
          OFF_COURSE.has(kind) && isConfirmed ? Math.max(farthest, LEAST_OFF, beyond(evidence)) : farthest,
        1
      );
}

/** What stands is off course, however little it was beyond when it was found. */
const LEAST_OFF = 1.01;

function beyond(evidence: DriftVerdict['evidence']): number {
  return evidence === null || !(evidence.threshold > 0) ? LEAST_OFF : evidence.statistic / evidence.threshold;
}
