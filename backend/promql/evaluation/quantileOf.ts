/**
 * The quantile of the first `count` values, between neighbours by weight; sorts them. NaN without values or level,
 * infinite beyond [0, 1]; NaN values count as the least. Source: Prometheus' quantile.
 */
export function quantileOf(level: number, values: Float64Array, count: number): number {
  if (count === 0 || Number.isNaN(level)) {
    return Number.NaN;
  }
  if (level < 0 || level > 1) {
    return level < 0 ? -Infinity : Infinity;
  }
  const sorted = values.subarray(0, count).sort();
  let nanCount = 0;
  while (nanCount < count && Number.isNaN(sorted[count - 1 - nanCount]!)) {
    nanCount++;
  }
  const at = (index: number): number => (index < nanCount ? Number.NaN : sorted[index - nanCount]!);
  const rank = level * (count - 1);
  const lower = Math.max(0, Math.floor(rank));
  const upper = Math.min(count - 1, lower + 1);
  const weight = rank - Math.floor(rank);
  return at(lower) * (1 - weight) + at(upper) * weight;
}
