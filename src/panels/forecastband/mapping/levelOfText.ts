const BARE = /^(0?\.\d+)$/;
const MARKED = /(?:^|[^a-z0-9.])(q|quantile|p|pct|percentile)[\s_=:-]*(\d+(?:\.\d+)?|\.\d+)(?:th)?%?$/i;
/** `Q4` is a quarter of a year, not a level. */
const QUARTER = /^\d$/;

/**
 * The level that a text names: `0.9`, `q0.9`, `q90`, `p90`, `p99.9`, `quantile_0.9`; as the end of a longer
 * name too. `mustBeMarked` leaves out bare numbers, which may be anything in a name. Undefined where none is named.
 */
export function levelOfText(text: string, mustBeMarked = false): number | undefined {
  const trimmed = text.trim();
  if (!mustBeMarked && BARE.test(trimmed)) {
    return within(Number(trimmed));
  }
  const marked = MARKED.exec(trimmed);
  if (marked === null) {
    return undefined;
  }
  const isPercent = /^p/i.test(marked[1] ?? '');
  const value = Number(marked[2]);
  if (!isPercent && QUARTER.test(marked[2] ?? '')) {
    return undefined;
  }
  return within(isPercent || value >= 1 ? Number((value / 100).toPrecision(12)) : value);
}

function within(level: number): number | undefined {
  return level > 0 && level < 1 ? level : undefined;
}
