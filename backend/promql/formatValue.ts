/** A sample value as Prometheus' HTTP API prints it (`1e+21`, `1e-07`, `+Inf`, `NaN`). Source: jsonutil.MarshalFloat. */
export function formatSampleValue(value: number): string {
  const text = String(value);
  const exponent = text.indexOf('e');
  if (exponent >= 0) {
    return text.length - exponent === 3 ? `${text.slice(0, exponent + 2)}0${text.slice(exponent + 2)}` : text;
  }
  return value === 0 || value !== value || value === Infinity || value === -Infinity ? formatSpecial(value) : text;
}

/** A time in epoch milliseconds as Prometheus' HTTP API prints it, in seconds. Source: jsonutil.MarshalTimestamp. */
export function formatTimestamp(timestampMs: number): string {
  const sign = timestampMs < 0 ? '-' : '';
  const milliseconds = Math.abs(timestampMs);
  const fraction = milliseconds % 1000;
  const seconds = `${sign}${String(Math.floor(milliseconds / 1000))}`;
  return fraction === 0 ? seconds : `${seconds}.${String(fraction).padStart(3, '0')}`;
}

/** A number without exponent, as short as it reads back the same. Source: Go's `FormatFloat(x, 'f', -1, 64)`. */
export function formatPlain(value: number): string {
  if (value === 0 || !Number.isFinite(value)) {
    return formatSpecial(value);
  }
  const text = String(value);
  const [mantissa = '', exponent] = text.split('e');
  if (exponent === undefined) {
    return text;
  }
  const sign = mantissa.startsWith('-') ? '-' : '';
  const [whole = '', fraction = ''] = mantissa.replace('-', '').split('.');
  const digits = whole + fraction;
  const point = whole.length + Number(exponent);
  if (point <= 0) {
    return `${sign}0.${'0'.repeat(-point)}${digits}`;
  }
  return sign + digits.padEnd(point, '0');
}

/** A number as Go's `%g` and `%v` print it: an exponent below 1e-4 and from 1e6 on. */
export function formatGeneral(value: number): string {
  if (value === 0 || !Number.isFinite(value)) {
    return formatSpecial(value);
  }
  const [mantissa = '', exponent = '0'] = value.toExponential().split('e');
  const power = Number(exponent);
  if (power >= -4 && power < 6) {
    return formatPlain(value);
  }
  const padded = String(Math.abs(power)).padStart(2, '0');
  return `${mantissa}e${power < 0 ? '-' : '+'}${padded}`;
}

function formatSpecial(value: number): string {
  if (Number.isNaN(value)) {
    return 'NaN';
  }
  if (value === 0) {
    return Object.is(value, -0) ? '-0' : '0';
  }
  return value > 0 ? '+Inf' : '-Inf';
}
