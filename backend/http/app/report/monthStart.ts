import { periodStart } from '../../../learning/index.ts';

/** Where a month begins, in epoch seconds; the present one where none is named, undefined for what is none or lies ahead. */
export function monthStart(month: string | undefined, nowSeconds: number): number | undefined {
  if (month === undefined) {
    return periodStart(nowSeconds, 'month');
  }
  const start = /^\d{4}-(0[1-9]|1[0-2])$/.test(month) ? Date.parse(`${month}-01T00:00:00Z`) / 1000 : Number.NaN;
  return start >= 0 && start <= nowSeconds ? start : undefined;
}
