import type { DataLink, PanelDraft, PanelTexts } from './panelDraft.ts';

/** The Forecast band panel: it knows its series by their names, and their unit by the label `unit`. */
export function band(
  spec: PanelTexts & { readonly expressions: readonly string[]; readonly links?: readonly DataLink[] }
): PanelDraft {
  const { expressions, ...rest } = spec;
  return {
    ...rest,
    type: 'headroom-forecastband-panel',
    queries: expressions.map((expr) => ({ expr, legend: '' })),
    isPresent: false,
    defaults: {},
    options: {},
  };
}
