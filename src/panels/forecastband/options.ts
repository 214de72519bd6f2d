import type { GraphThresholdsStyleConfig, OptionsWithLegend, OptionsWithTooltip } from '@grafana/schema';

/** Which field is what, where the names do not say so. */
export interface MappingOptions {
  readonly actual?: string;
  readonly capacity?: string;
  readonly probability?: string;
  readonly quantiles?: ReadonlyArray<{ readonly level: number; readonly field: string }>;
  /** What lies between fields named `lower` and `upper`, in per cent. */
  readonly boundsPercent: number;
}

export interface ForecastBandOptions extends OptionsWithLegend, OptionsWithTooltip {
  readonly mapping: MappingOptions;
  /** Widths in per cent, drawn where the data reach that far. */
  readonly bands: readonly number[];
  /** 0 to 100. */
  readonly bandOpacity: number;
  readonly isMedianShown: boolean;
  readonly isMeanShown: boolean;
  readonly isCapacityShown: boolean;
  readonly isProbabilityShown: boolean;
  readonly isNowLineShown: boolean;
}

/** What a field can be set to beside Grafana's standard options. */
export interface ForecastBandFieldConfig {
  readonly lineWidth?: number;
  readonly thresholdsStyle?: GraphThresholdsStyleConfig;
  readonly axisLabel?: string;
  readonly axisSoftMin?: number;
  readonly axisSoftMax?: number;
}

export const DEFAULT_BANDS = [50, 80, 95] as const;
export const DEFAULT_BOUNDS_PERCENT = 80;
export const DEFAULT_BAND_OPACITY = 25;
export const DEFAULT_LINE_WIDTH = 1.5;
