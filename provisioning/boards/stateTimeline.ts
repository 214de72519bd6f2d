import type { GrafanaOptions } from './grafanaTypes.ts';
import type { PanelDraft, PanelTexts, Query } from './panelDraft.ts';

export interface StateTimelineSpec extends PanelTexts {
  readonly queries: readonly Query[];
  /** The states by number from 0, with their colours. */
  readonly states: ReadonlyArray<readonly [text: string, color: string]>;
}

/** Which state held when, a lane for each series. */
export function stateTimeline({ states, queries, ...texts }: StateTimelineSpec): PanelDraft {
  return {
    ...texts,
    type: 'state-timeline',
    queries,
    isPresent: false,
    defaults: {
      unit: 'none',
      color: { mode: 'thresholds' },
      thresholds: { mode: 'absolute', steps: [{ color: 'text', value: null }] },
      custom: { fillOpacity: 60, lineWidth: 0 },
      mappings: [
        {
          type: 'value',
          options: Object.fromEntries(states.map(([text, color], index) => [String(index), { text, color, index }])),
        },
      ],
    },
    options: {
      alignValue: 'left',
      mergeValues: true,
      rowHeight: 0.8,
      showValue: 'auto',
      legend: { calcs: [], displayMode: 'list', placement: 'bottom', showLegend: true },
      tooltip: { mode: 'single', sort: 'none' },
    } satisfies GrafanaOptions['state-timeline'],
  };
}
