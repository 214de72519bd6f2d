import type { PanelDraft, PanelTexts } from './panelDraft.ts';

/** A panel of the app that knows by itself what its series are: the fleet's shortfalls, or a recommendation. */
export function appPanel(
  spec: PanelTexts & { readonly plugin: 'shortfalltimeline' | 'recommendation'; readonly expression: string }
): PanelDraft {
  const { plugin, expression, ...rest } = spec;
  return {
    ...rest,
    type: `headroom-${plugin}-panel`,
    queries: [{ expr: expression, legend: '' }],
    isPresent: false,
    defaults: {},
    options: {},
  };
}
