import { language } from './language';

/** A number in the language that Grafana shows, and not in the browser's: `1,234.5`, `1.234,5`. */
export function formatNumber(value: number, options?: Intl.NumberFormatOptions): string {
  return new Intl.NumberFormat(language(), options).format(value);
}
