/** The points that no other beats in both: sorted by `x`, each with a smaller `y` than the one before. */
export function frontier<T>(points: readonly T[], x: (point: T) => number, y: (point: T) => number): readonly T[] {
  const best: T[] = [];
  for (const point of [...points].sort((a, b) => x(a) - x(b) || y(a) - y(b))) {
    if (best.length === 0 || y(point) < y(best.at(-1)!)) {
      best.push(point);
    }
  }
  return best;
}
