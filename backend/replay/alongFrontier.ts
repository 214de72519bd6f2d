import { frontier } from './frontier.ts';

/** `y` on the frontier of points at `at`, linear between them, the last one's beyond the end; null before the first. */
export function alongFrontier<T>(
  points: readonly T[],
  x: (point: T) => number,
  y: (point: T) => number,
  at: number
): number | null {
  const line = frontier(points, x, y);
  if (line.length === 0 || at < x(line[0]!)) {
    return null;
  }
  for (let i = 1; i < line.length; i++) {
    const [left, right] = [line[i - 1]!, line[i]!];
    if (at <= x(right)) {
      return y(left) + ((at - x(left)) / (x(right) - x(left))) * (y(right) - y(left));
    }
  }
  return y(line.at(-1)!);
}
