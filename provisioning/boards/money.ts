import type { Override } from './panelDraft.ts';

/** Series that are called by their currency get its sign; others keep their name beside the number. */
export const MONEY: readonly Override[] = ['USD', 'EUR', 'GBP', 'CHF', 'JPY', 'INR', 'BRL'].map((currency) => ({
  matcher: { id: 'byName', options: currency },
  properties: [{ id: 'unit', value: `currency${currency}` }],
}));
