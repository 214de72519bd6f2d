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
  const number = Math.abs(value) >= 1000 ? Math.round(value) : Number(value.toPrecision(3));
  return unit === '' ? String(number) : `${String(number)} ${unit}`;
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
