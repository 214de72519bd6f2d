import type { Intervention } from '../../../../contract/scenario.ts';
import { durationOf, secondsOf } from '../../../formatting/durations';

/** One corner of a drawn shape: added load at a time after now, as a share of the usual level; 0 adds nothing. */
export interface ShapePoint {
  readonly seconds: number;
  readonly extra: number;
}

/** A line through its points, sorted by time; nothing is added before the first and after the last. */
export interface DrawnShape {
  readonly target: string;
  readonly points: readonly ShapePoint[];
}

const SAME = 1e-9;

/**
 * The shape as interventions: one `load` for each corner, which rises from the corner before it and falls to the one
 * behind it. Where two meet they add up to the straight line between their corners, so the drawing is exact.
 */
export function interventionsOfShape({ target, points }: DrawnShape): Intervention[] {
  return points.flatMap((point, index): Intervention[] => {
    if (point.extra <= 0) {
      return [];
    }
    const start = points[index - 1]?.seconds ?? point.seconds;
    const end = points[index + 1]?.seconds ?? point.seconds;
    return start === end
      ? []
      : [
          {
            kind: 'load',
            target,
            factor: round(1 + point.extra),
            start: durationOf(start),
            duration: durationOf(end - start),
            shape: 'plateau',
            rampUp: durationOf(point.seconds - start),
            rampDown: durationOf(end - point.seconds),
          },
        ];
  });
}

/** The drawn shape that a run of interventions came from; null where they came from none. */
export function shapeOfInterventions(interventions: readonly Intervention[]): DrawnShape | null {
  const [first] = interventions;
  if (first === undefined || !interventions.every((each) => isCorner(each, first.target))) {
    return null;
  }
  const extras = new Map<number, number>();
  for (const { start, duration, rampUp, factor = 1 } of interventions) {
    const from = secondsOf(start as string);
    const peak = from + secondsOf(rampUp);
    for (const [seconds, extra] of [
      [from, 0],
      [from + secondsOf(duration), 0],
      [peak, factor - 1],
    ] as const) {
      extras.set(seconds, Math.max(extra, extras.get(seconds) ?? 0));
    }
  }
  const points = [...extras].map(([seconds, extra]) => ({ seconds, extra: round(extra) }));
  const shape = { target: first.target, points: points.sort((a, b) => a.seconds - b.seconds) };
  return JSON.stringify(interventionsOfShape(shape)) === JSON.stringify(interventions.map(inOrder)) ? shape : null;
}

/** What the shape adds at a time, as a share of the usual level. */
export function extraAt(points: readonly ShapePoint[], seconds: number): number {
  const next = points.findIndex((point) => point.seconds >= seconds - SAME);
  const after = points[next];
  if (after === undefined) {
    return 0;
  }
  if (Math.abs(after.seconds - seconds) <= SAME) {
    return after.extra;
  }
  const before = points[next - 1];
  return before === undefined
    ? 0
    : before.extra + ((after.extra - before.extra) * (seconds - before.seconds)) / (after.seconds - before.seconds);
}

function isCorner(
  { kind, shape, target, start, add, probability, rampUp, rampDown }: Intervention,
  of: string
): boolean {
  return (
    kind === 'load' &&
    shape === 'plateau' &&
    target === of &&
    typeof start === 'string' &&
    add === undefined &&
    probability === undefined &&
    rampUp !== undefined &&
    rampDown !== undefined
  );
}

function inOrder({ kind, target, factor, start, duration, shape, rampUp, rampDown }: Intervention): Intervention {
  const text = (duration_: string | undefined) => durationOf(secondsOf(duration_));
  return {
    kind,
    target,
    factor,
    start: text(start as string),
    duration: text(duration),
    shape,
    rampUp: text(rampUp),
    rampDown: text(rampDown),
  };
}

function round(value: number): number {
  return Math.round(value * 1000) / 1000;
}
