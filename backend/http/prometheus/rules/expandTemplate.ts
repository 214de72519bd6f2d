import { formatSampleValue } from '../../../promql/index.ts';

const UNITS = ['', 'k', 'M', 'G', 'T', 'P'] as const;

/**
 * Fills `{{ $labels.name }}` and `{{ $value }}`, the latter also through `humanize`, `humanizePercentage`,
 * `humanizeDuration` or `humanizeTimestamp`, which is all that Headroom's own rules ask of Prometheus' templates.
 */
export function expandTemplate(text: string, labels: Readonly<Record<string, string>>, value: number): string {
  return text.replace(
    /\{\{\s*\$(?:labels\.(\w+)|value(?:\s*\|\s*(\w+))?)\s*\}\}/g,
    (_whole, label: string | undefined, format: string | undefined) =>
      label === undefined ? formatted(value, format) : (labels[label] ?? '')
  );
}

function formatted(value: number, format: string | undefined): string {
  if (!Number.isFinite(value)) {
    return formatSampleValue(value);
  }
  switch (format) {
    case 'humanize':
      return humanize(value);
    case 'humanizePercentage':
      return `${short(value * 100)}%`;
    case 'humanizeDuration':
      return humanizeDuration(value);
    case 'humanizeTimestamp':
      return Math.abs(value) > 8.64e12 ? formatSampleValue(value) : utc(value);
    default:
      return formatSampleValue(value);
  }
}

/** Four significant digits, as Go's `%.4g`. */
function short(value: number): string {
  return String(Number(value.toPrecision(4)));
}

function humanize(value: number): string {
  const thousands = Math.min(UNITS.length - 1, Math.max(0, Math.floor(Math.log10(Math.abs(value) || 1) / 3)));
  return `${short(value / 1000 ** thousands)}${UNITS[thousands] ?? ''}`;
}

function humanizeDuration(seconds: number): string {
  const sign = seconds < 0 ? '-' : '';
  const whole = Math.floor(Math.abs(seconds));
  const [days, hours, minutes, rest] = [
    Math.floor(whole / 86_400),
    Math.floor(whole / 3600) % 24,
    Math.floor(whole / 60) % 60,
    whole % 60,
  ] as const;
  const parts = [`${String(days)}d`, `${String(hours)}h`, `${String(minutes)}m`, `${String(rest)}s`];
  const first = days > 0 ? 0 : hours > 0 ? 1 : minutes > 0 ? 2 : 3;
  return sign + parts.slice(first).join(' ');
}

function utc(seconds: number): string {
  return new Date(seconds * 1000)
    .toISOString()
    .replace('T', ' ')
    .replace(/(?:\.000)?Z$/, ' +0000 UTC');
}
