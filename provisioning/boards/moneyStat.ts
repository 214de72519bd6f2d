import { MONEY } from './money.ts';
import type { PanelDraft, PanelTexts } from './panelDraft.ts';
import { stat } from './stat.ts';

/** Amounts as of now, one for each currency of `expr`. */
export function moneyStat({
  expr,
  noValue = 'no prices',
  ...texts
}: PanelTexts & { readonly expr: string; readonly noValue?: string }): PanelDraft {
  return stat({
    ...texts,
    queries: [{ expr, legend: '{{currency}}' }],
    unit: 'none',
    decimals: 2,
    noValue,
    overrides: MONEY,
  });
}
