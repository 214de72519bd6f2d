import type { ShapePoint } from './drawnShape';

/**
 * The fewest points of a stroke from which it strays by no more than `tolerance` (in units of `extra`), both ends
 * among them: Douglas and Peucker, measured straight up, as the time of a corner is not to move.
 */
export function simplifyStroke(points: readonly ShapePoint[], tolerance: number): ShapePoint[] {
  const first = points[0];
  const last = points.at(-1);
  if (first === undefined || last === undefined || points.length < 3) {
    return [...points];
  }
  let farthest = 0;
  let distance = 0;
  points.forEach((point, index) => {
    const share = (point.seconds - first.seconds) / (last.seconds - first.seconds);
    const off = Math.abs(point.extra - (first.extra + share * (last.extra - first.extra)));
    if (off > distance) {
      farthest = index;
      distance = off;
    }
  });
  return distance <= tolerance
    ? [first, last]
    : [
        ...simplifyStroke(points.slice(0, farthest + 1), tolerance).slice(0, -1),
        ...simplifyStroke(points.slice(farthest), tolerance),
      ];
}
