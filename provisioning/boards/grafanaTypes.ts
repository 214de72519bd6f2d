import type { TableOptions } from '@grafana/schema';
import type { Options as BarChart } from '@grafana/schema/dist/esm/raw/composable/barchart/panelcfg/x/BarChartPanelCfg_types.gen';
import type { Options as Stat } from '@grafana/schema/dist/esm/raw/composable/stat/panelcfg/x/StatPanelCfg_types.gen';
import type { Options as StateTimeline } from '@grafana/schema/dist/esm/raw/composable/statetimeline/panelcfg/x/StateTimelinePanelCfg_types.gen';
import type {
  FieldConfig,
  Options as TimeSeries,
} from '@grafana/schema/dist/esm/raw/composable/timeseries/panelcfg/x/TimeSeriesPanelCfg_types.gen';

/** Grafana's own types of what its panels take, with texts for enums as they stand in a file. */
export interface GrafanaOptions {
  readonly barchart: Plain<BarChart>;
  readonly stat: Plain<Stat>;
  readonly 'state-timeline': Plain<StateTimeline>;
  readonly table: Plain<Partial<TableOptions>>;
  readonly timeseries: Plain<Partial<TimeSeries>>;
}

/** How a time series panel draws a field. */
export type GrafanaLines = Plain<FieldConfig>;

type Plain<T> = T extends string
  ? `${T}`
  : T extends ReadonlyArray<infer Each>
    ? ReadonlyArray<Plain<Each>>
    : T extends object
      ? { readonly [Key in keyof T]: Plain<T[Key]> }
      : T;
