import { formatNumber } from './formatNumber';

/** Minutes for people: whole ones from ten on, else to a tenth; `<0.1` where there are next to none. */
export function formatMinutes(minutes: number): string {
  if (minutes > 0 && minutes < 0.05) {
    return `<${formatNumber(0.1)}`;
  }
  return formatNumber(minutes, { maximumFractionDigits: minutes < 9.95 ? 1 : 0 });
}
