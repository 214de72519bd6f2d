const UNIT_SECONDS: Readonly<Record<string, number>> = {
  y: 31_536_000,
  w: 604_800,
  d: 86_400,
  h: 3600,
  m: 60,
  s: 1,
  ms: 0.001,
};
const PART = /(\d+)(ms|[ywdhms])/g;

/** The seconds of a duration as Prometheus writes it: `1h30m`; 0 where there is none. */
export function secondsOf(duration: string | undefined): number {
  let seconds = 0;
  for (const [, count = '0', unit = 's'] of (duration ?? '').matchAll(PART)) {
    seconds += Number(count) * (UNIT_SECONDS[unit] ?? 0);
  }
  return seconds;
}

/** Whole seconds as a duration that Prometheus reads: `1h30m`, `45s`, `0s`. */
export function durationOf(seconds: number): string {
  let rest = Math.max(0, Math.round(seconds));
  const parts: string[] = [];
  for (const unit of ['h', 'm', 's']) {
    const size = UNIT_SECONDS[unit] ?? 1;
    const count = Math.floor(rest / size);
    if (count > 0) {
      parts.push(`${count}${unit}`);
      rest -= count * size;
    }
  }
  return parts.length === 0 ? '0s' : parts.join('');
}
