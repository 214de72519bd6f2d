import { formatNumber } from './formatNumber';

/** An amount in its currency: `$1.20`, `$1,240`; under a cent two significant digits; a dash when unknown. */
export function formatMoney(amount: number | null | undefined, currency: string): string {
  if (amount === null || amount === undefined || Number.isNaN(amount)) {
    return '–';
  }
  const digits = digitsOf(Math.abs(amount));
  try {
    return formatNumber(amount, { style: 'currency', currency, ...digits });
  } catch (thrown) {
    if (thrown instanceof RangeError) {
      return `${formatNumber(amount, digits)} ${currency}`;
    }
    throw thrown;
  }
}

function digitsOf(size: number): Intl.NumberFormatOptions {
  if (size !== 0 && size < 0.01) {
    return { maximumSignificantDigits: 2 };
  }
  const count = size >= 100 ? 0 : 2;
  return { minimumFractionDigits: count, maximumFractionDigits: count };
}
