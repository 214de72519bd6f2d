import type { GrafanaLines, GrafanaOptions } from './grafanaTypes.ts';
import type { DataLink, Override, PanelDraft, PanelTexts, Query } from './panelDraft.ts';

export interface TimeSeriesSpec extends PanelTexts {
  readonly queries: readonly Query[];
  readonly unit: string;
  readonly decimals?: number;
  readonly min?: number;
  readonly max?: number;
  readonly noValue?: string;
  /** Values hold until the next one. */
  readonly isStepped?: boolean;
  readonly isStacked?: boolean;
  readonly isBars?: boolean;
  readonly fillOpacity?: number;
  readonly axisLabel?: string;
  /** Lines across at these values. */
  readonly limits?: ReadonlyArray<readonly [value: number, color: string]>;
  readonly overrides?: readonly Override[];
  readonly links?: readonly DataLink[];
}

/** Lines, steps or bars over the dashboard's range, which may reach into the future. */
export function timeseries(spec: TimeSeriesSpec): PanelDraft {
  const { queries, unit, decimals, min, max, noValue, isStepped, isStacked, isBars, fillOpacity, axisLabel } = spec;
  const { id, title, description, width, height, source, limits, overrides = [], links } = spec;
  return {
    ...{ id, title, description, width, height },
    ...(source === undefined ? {} : { source }),
    ...(links === undefined ? {} : { links }),
    type: 'timeseries',
    queries,
    isPresent: false,
    defaults: {
      unit,
      ...(decimals === undefined ? {} : { decimals }),
      ...(min === undefined ? {} : { min }),
      ...(max === undefined ? {} : { max }),
      ...(noValue === undefined ? {} : { noValue }),
      color: { mode: 'palette-classic' },
      custom: {
        drawStyle: isBars === true ? 'bars' : 'line',
        lineInterpolation: isStepped === true ? 'stepAfter' : 'linear',
        lineWidth: 1,
        fillOpacity: fillOpacity ?? (isStacked === true || isBars === true ? 30 : 0),
        showPoints: 'auto',
        pointSize: 4,
        spanNulls: false,
        ...(axisLabel === undefined ? {} : { axisLabel }),
        stacking: { mode: isStacked === true ? 'normal' : 'none', group: 'A' },
        thresholdsStyle: { mode: limits === undefined ? 'off' : 'dashed' },
      } satisfies GrafanaLines,
      ...(limits === undefined
        ? {}
        : {
            thresholds: {
              mode: 'absolute',
              steps: [{ color: 'transparent', value: null }, ...limits.map(([value, color]) => ({ color, value }))],
            },
          }),
    },
    overrides,
    options: {
      legend: { calcs: [], displayMode: 'list', placement: 'bottom', showLegend: true },
      tooltip: { mode: 'multi', sort: 'desc' },
    } satisfies GrafanaOptions['timeseries'],
  };
}
