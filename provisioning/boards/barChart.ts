import type { GrafanaOptions } from './grafanaTypes.ts';
import type { PanelDraft, PanelTexts, Query } from './panelDraft.ts';

export interface BarChartSpec extends PanelTexts {
  readonly queries: readonly Query[];
  readonly unit: string;
  readonly decimals?: number;
  readonly min?: number;
  readonly max?: number;
  /** The label whose values stand along the axis. */
  readonly label: string;
}

/** Groups of bars, one for each value of a label, as of now. */
export function barChart(spec: BarChartSpec): PanelDraft {
  const { queries, unit, decimals, min, max, label, ...texts } = spec;
  const valueOf = (index: number) => (queries.length === 1 ? 'Value' : `Value #${String.fromCharCode(65 + index)}`);
  return {
    ...texts,
    type: 'barchart',
    queries,
    isPresent: true,
    isTable: true,
    defaults: {
      unit,
      ...(decimals === undefined ? {} : { decimals }),
      ...(min === undefined ? {} : { min }),
      ...(max === undefined ? {} : { max }),
      color: { mode: 'palette-classic' },
      custom: { fillOpacity: 60, lineWidth: 1 },
    },
    options: {
      xField: label,
      orientation: 'auto',
      showValue: 'auto',
      stacking: 'none',
      groupWidth: 0.7,
      barWidth: 0.9,
      fullHighlight: false,
      xTickLabelMaxLength: 0,
      xTickLabelRotation: 0,
      legend: { calcs: [], displayMode: 'list', placement: 'bottom', showLegend: true },
      tooltip: { mode: 'multi', sort: 'none' },
    } satisfies GrafanaOptions['barchart'],
    transformations: [
      { id: 'merge', options: {} },
      {
        id: 'organize',
        options: {
          excludeByName: { Time: true },
          indexByName: { [label]: 0 },
          renameByName: Object.fromEntries(queries.map(({ legend = '' }, index) => [valueOf(index), legend])),
        },
      },
    ],
  };
}
