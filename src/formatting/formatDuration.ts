const UNITS = [
  { seconds: 86_400, suffix: 'd' },
  { seconds: 3600, suffix: 'h' },
  { seconds: 60, suffix: 'min' },
  { seconds: 1, suffix: 's' },
] as const;

/** A length of time in its two largest units: `3h 20min`, `45s`; under a second `0s`. */
export function formatDuration(seconds: number): string {
  let rest = Math.round(Math.abs(seconds));
  if (rest >= 60) {
    rest = Math.round(rest / 60) * 60;
  }
  const parts: string[] = [];
  for (const { seconds: size, suffix } of UNITS) {
    const count = Math.floor(rest / size);
    if (count > 0) {
      parts.push(`${count}${suffix}`);
      rest -= count * size;
    }
    if (parts.length === 2 || (parts.length === 1 && count === 0)) {
      break;
    }
  }
  return parts.length === 0 ? '0s' : parts.join(' ');
}
