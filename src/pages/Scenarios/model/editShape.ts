import type { ShapePoint } from './drawnShape';
import { simplifyStroke } from './simplifyStroke';

const LEAST_EXTRA = 0.05;
const FEWEST_POINTS = 2;
const TOLERANCE = 0.06;

/** A corner moved, but not beyond its neighbours. */
export function moveCorner(
  points: readonly ShapePoint[],
  index: number,
  { seconds, extra }: ShapePoint,
  stepSeconds: number
): ShapePoint[] {
  const least = (points[index - 1]?.seconds ?? -stepSeconds) + stepSeconds;
  const most = (points[index + 1]?.seconds ?? Number.POSITIVE_INFINITY) - stepSeconds;
  const moved = { seconds: Math.min(most, Math.max(least, seconds)), extra: Math.max(0, extra) };
  return visible(
    points.map((point, position) => (position === index ? moved : point)),
    index
  );
}

/** Without a corner, as long as a line remains. */
export function removeCorner(points: readonly ShapePoint[], index: number): readonly ShapePoint[] {
  const rest = points.filter((_, position) => position !== index);
  return rest.length >= FEWEST_POINTS && rest.some(({ extra }) => extra > 0) ? rest : points;
}

/** With what was drawn in place of what stood there: a click adds one corner, a stroke the few that tell its course. */
export function withStroke(
  points: readonly ShapePoint[],
  stroke: readonly ShapePoint[],
  stepSeconds: number
): readonly ShapePoint[] {
  const first = stroke[0];
  const last = stroke.at(-1);
  if (first === undefined || last === undefined) {
    return points;
  }
  const isNear = ({ seconds }: ShapePoint) =>
    seconds > first.seconds - stepSeconds && seconds < last.seconds + stepSeconds;
  const kept = points.filter((point) => !isNear(point));
  const all = [...kept, ...simplifyStroke(stroke, TOLERANCE)].sort((a, b) => a.seconds - b.seconds);
  return all.length < FEWEST_POINTS ? points : visible(all, 0);
}

/** A shape that adds nothing at all would be no change: its corner stays a little above. */
function visible(points: ShapePoint[], index: number): ShapePoint[] {
  return points.some(({ extra }) => extra > 0)
    ? points
    : points.map((point, position) => (position === index ? { ...point, extra: LEAST_EXTRA } : point));
}
