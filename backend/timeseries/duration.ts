const UNIT_MILLISECONDS = {
  y: 365 * 86_400_000,
  w: 7 * 86_400_000,
  d: 86_400_000,
  h: 3_600_000,
  m: 60_000,
  s: 1000,
  ms: 1,
} as const;

const DURATION =
  /^(?:(?<y>\d+)y)?(?:(?<w>\d+)w)?(?:(?<d>\d+)d)?(?:(?<h>\d+)h)?(?:(?<m>\d+)m)?(?:(?<s>\d+)s)?(?:(?<ms>\d+)ms)?$/;

/**
 * Reads a duration as Prometheus writes it (`1h30m`, `500ms`, `0`), in seconds; `undefined` where it is none.
 *
 * Units run from large to small, each at most once; a year is 365 days. Source: Prometheus' model.ParseDuration.
 */
export function parseDurationSeconds(text: string): number | undefined {
  if (text === '0') {
    return 0;
  }
  const groups = text === '' ? undefined : DURATION.exec(text)?.groups;
  if (groups === undefined) {
    return undefined;
  }
  let milliseconds = 0;
  for (const [unit, size] of Object.entries(UNIT_MILLISECONDS)) {
    milliseconds += Number(groups[unit] ?? 0) * size;
  }
  return milliseconds / 1000;
}

/** Writes seconds as Prometheus does (`5400` is `1h30m`), to the millisecond. Source: Prometheus' model.Duration.String. */
export function formatDuration(seconds: number): string {
  let rest = Math.round(seconds * 1000);
  if (rest === 0) {
    return '0s';
  }
  let text = '';
  for (const [unit, size] of Object.entries(UNIT_MILLISECONDS)) {
    const isWholeOnly = unit === 'y' || unit === 'w';
    if (isWholeOnly && rest % size !== 0) {
      continue;
    }
    const count = Math.floor(rest / size);
    if (count > 0) {
      text += `${String(count)}${unit}`;
      rest -= count * size;
    }
  }
  return text;
}
