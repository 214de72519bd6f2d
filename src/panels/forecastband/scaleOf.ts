import type { Field } from '@grafana/data';
import { GraphThresholdsStyleMode } from '@grafana/ui';
import type { FanChartProps } from '../../charts/FanChart';
import { isBinaryUnit } from '../../formatting/isBinaryUnit';
import { grafanaUnit } from '../../formatting/valueFormatter';
import { DEFAULT_LINE_WIDTH, type ForecastBandFieldConfig } from './options';

type Scale = Pick<
  FanChartProps,
  'min' | 'max' | 'isBinary' | 'softMin' | 'softMax' | 'decimals' | 'axisLabel' | 'lineWidth' | 'thresholds'
>;

/** Limits, axis and thresholds, as the options of the leading field say. */
export function scaleOf(field: Field | undefined): Scale {
  const config = field?.config;
  const custom = (config?.custom ?? {}) as ForecastBandFieldConfig;
  const mode = custom.thresholdsStyle?.mode ?? GraphThresholdsStyleMode.Off;
  return {
    min: config?.min,
    max: config?.max,
    softMin: custom.axisSoftMin,
    softMax: custom.axisSoftMax,
    decimals: config?.decimals ?? undefined,
    axisLabel: custom.axisLabel,
    isBinary: isBinaryUnit(config?.unit ?? grafanaUnit(field?.labels?.unit ?? '')),
    lineWidth: custom.lineWidth ?? DEFAULT_LINE_WIDTH,
    thresholds:
      config?.thresholds === undefined || mode === GraphThresholdsStyleMode.Off
        ? undefined
        : { config: config.thresholds, style: { mode } },
  };
}
