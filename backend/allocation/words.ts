import { formatDuration } from '../timeseries/index.ts';

/** A probability or share in words: `37 %`, `0.4 %`, `under 0.1 %`. */
export function percentWords(share: number): string {
  const percent = 100 * share;
  if (percent > 0 && percent < 0.1) {
    return 'under 0.1 %';
  }
  if (percent < 100 && percent > 99.9) {
    return 'over 99.9 %';
  }
  return `${percent < 10 || percent > 99 ? String(Number(percent.toFixed(1))) : percent.toFixed(0)} %`;
}

/** A quantity to three significant digits, with its unit where it has one. */
export function quantityWords(value: number, unit: string): string {
  if (unit === 'bytes' || unit === 'Bps') {
    return bytesWords(value, unit === 'Bps' ? 'B/s' : 'B');
  }
  const number = Math.abs(value) >= 1000 ? Math.round(value) : Number(value.toPrecision(3));
  return unit === '' ? String(number) : `${String(number)} ${unit}`;
}

/** Bytes in the largest binary unit that leaves at least one: `2.08 GiB`. */
function bytesWords(value: number, unit: string): string {
  const prefixes = ['', 'Ki', 'Mi', 'Gi', 'Ti', 'Pi'];
  const size = Math.abs(value);
  const power = size >= 1024 ? Math.min(prefixes.length - 1, Math.floor(Math.log2(size) / 10)) : 0;
  const number = Number((value / 1024 ** power).toPrecision(3));
  return `${String(number)} ${prefixes[power]!}${unit}`;
}

/** An instant to the minute: `2026-11-27 14:35 UTC`. */
export function instantWords(seconds: number): string {
  return `${new Date(seconds * 1000).toISOString().slice(0, 16).replace('T', ' ')} UTC`;
}

/** A span of time, to the minute from a day on. */
export function spanWords(seconds: number): string {
  return formatDuration(seconds >= 86_400 ? Math.round(seconds / 3600) * 3600 : seconds);
}

/** `1 replica`, `5 replicas`. */
export function replicaWords(count: number): string {
  return count === 1 ? '1 replica' : `${String(count)} replicas`;
}
