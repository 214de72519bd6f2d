import React, { useMemo } from 'react';
import { colorManipulator, type DecimalCount, type ThresholdsConfig } from '@grafana/data';
import type { TimeZone } from '@grafana/schema';
import { t } from '../translations';
import type { AlignedData } from 'uplot';
import { DrawStyle, LineInterpolation, PointVisibility, useTheme2, type GraphThresholdsStyleConfig } from '@grafana/ui';
import type { FormatValue } from '../formatting/valueFormatter';
import { useLatest } from '../hooks/useLatest';
import { fanColors } from './chartColors';
import { ChartDescription } from './ChartDescription';
import { describeFans } from './describeFans';
import type { Fan } from './fan';
import { fanLayout, layoutKey, type FanLine } from './fanLayout';
import { FanTooltip } from './FanTooltip';
import { describeMarks, type Mark } from './marks';
import { TimeChart, type ChartSync } from './TimeChart';
import { timeChartConfig } from './timeChartConfig';

export interface FanChartProps {
  /** What the chart is of, for those who cannot see it. */
  readonly title: string;
  readonly timesMs: readonly number[];
  readonly fans: readonly Fan[];
  readonly width: number;
  readonly height: number;
  readonly fromMs: number;
  readonly toMs: number;
  readonly timeZone: TimeZone;
  readonly format: FormatValue;
  /** Where the past ends; null draws no now-line. */
  readonly nowMs: number | null;
  /** What is written there; `now` by default. */
  readonly nowLabel?: string;
  /** Parts that are switched off, as `partKey` names them. */
  readonly hidden?: ReadonlySet<string>;
  /** 0 to 1, of the narrowest band; wider ones lie below it and are seen through. */
  readonly bandOpacity?: number;
  readonly lineWidth?: number;
  readonly isTimeAxisShown?: boolean;
  readonly valueAxisWidth?: number;
  readonly axisLabel?: string;
  /** Whether values count in powers of two. */
  readonly isBinary?: boolean;
  readonly min?: number | null;
  readonly max?: number | null;
  readonly softMin?: number | null;
  readonly softMax?: number | null;
  readonly decimals?: DecimalCount;
  readonly thresholds?: { readonly config: ThresholdsConfig; readonly style: GraphThresholdsStyleConfig };
  /** What happened or will happen beside it. */
  readonly marks?: readonly Mark[];
  readonly sync?: ChartSync;
  readonly isTooltipShown?: boolean;
  readonly tooltipMaxWidth?: number;
  readonly onZoom?: (range: { readonly from: number; readonly to: number }) => void;
}

const DEFAULT_BAND_OPACITY = 0.25;
const NO_MARKS: readonly Mark[] = [];
const CAPACITY_DASH = [8, 4];
const PLAN_DASH = [4, 3];
const MEAN_DASH = [2, 4];

/** What was measured, the forecast as nested bands into the future, and the capacity as steps. */
export function FanChart(props: FanChartProps) {
  const { timesMs, fans, hidden, format, timeZone, bandOpacity = DEFAULT_BAND_OPACITY, lineWidth = 1.5 } = props;
  const theme = useTheme2();
  const layout = useMemo(
    () => fanLayout(timesMs, fans, (fan, index) => ({ ...fanColors(theme, index), ...fan.colors }), hidden),
    [timesMs, fans, hidden, theme]
  );
  const current = useLatest(props);
  const { softMax } = props;
  const data = useMemo(
    (): AlignedData => [...layout.data],
    // A plot scales where data are set.
    // eslint-disable-next-line react-hooks/exhaustive-deps
    [layout.data, softMax]
  );

  const key = layoutKey(layout);
  const {
    thresholds,
    isTimeAxisShown = true,
    valueAxisWidth,
    axisLabel,
    isBinary,
    min,
    max,
    softMin,
    decimals,
  } = props;
  const { nowLabel, marks = NO_MARKS } = props;
  const marksKey = JSON.stringify(marks);
  const isNowShown = props.nowMs !== null;
  const thresholdsKey = JSON.stringify(thresholds);
  const config = useMemo(() => {
    const { lines, areas } = layout;
    const builder = timeChartConfig({
      theme,
      timeZone,
      getRange: () => [current().fromMs, current().toMs],
      getNowMs: () => current().nowMs,
      nowLabel: isNowShown ? (nowLabel ?? t('charts.now', 'now')) : '',
      isTimeAxisShown,
      valueAxis: {
        format: (value, axisDecimals) => current().format(value, axisDecimals),
        width: valueAxisWidth,
        label: axisLabel,
        isBinary,
        min,
        max,
        softMin,
        getSoftMax: () => current().softMax,
        decimals,
      },
      getMarks: () => current().marks ?? NO_MARKS,
      pointColor: (index) => pointColor(lines[index - 1]),
    });
    for (const line of lines) {
      builder.addSeries({ theme, scaleKey: 'y', ...lineStyle(line, lineWidth) });
    }
    for (const { upperIndex, lowerIndex, color } of areas) {
      builder.addBand({
        series: [upperIndex, lowerIndex],
        fill: colorManipulator.alpha(color, bandOpacity),
      });
    }
    if (thresholds !== undefined) {
      builder.addThresholds({ scaleKey: 'y', thresholds: thresholds.config, config: thresholds.style, theme });
    }
    return builder;
    // `key`, `thresholdsKey` and `marksKey` stand for what a plot must be built anew for; range and format are read as they are drawn.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [
    key,
    theme,
    timeZone,
    bandOpacity,
    lineWidth,
    isNowShown,
    nowLabel,
    isTimeAxisShown,
    valueAxisWidth,
    axisLabel,
    isBinary,
    min,
    max,
    softMin,
    decimals,
    thresholdsKey,
    marksKey,
  ]);

  const description = useMemo(
    () =>
      describeFans({
        title: props.title,
        timesMs,
        fans,
        nowMs: props.nowMs,
        format,
        timeZone,
        marks: describeMarks(marks, timeZone),
      }),
    [props.title, timesMs, fans, props.nowMs, format, timeZone, marks]
  );

  return (
    <ChartDescription description={description}>
      <TimeChart
        config={config}
        data={data}
        width={props.width}
        height={props.height}
        sync={props.sync}
        onZoom={props.onZoom}
        tooltipMaxWidth={props.tooltipMaxWidth}
        renderTooltip={
          props.isTooltipShown === false
            ? undefined
            : (indices) => (
                <FanTooltip
                  layout={layout}
                  fans={fans}
                  marks={marks}
                  indices={indices}
                  format={format}
                  timeZone={timeZone}
                />
              )
        }
      />
    </ChartDescription>
  );
}

function pointColor(line: FanLine | undefined): string | null {
  return line === undefined || line.edge !== null ? null : line.color;
}

function lineStyle({ part, edge, color }: FanLine, lineWidth: number) {
  const base = { drawStyle: DrawStyle.Line, lineColor: color, showPoints: PointVisibility.Never, spanNulls: false };
  if (edge !== null) {
    return { ...base, lineWidth: 0, lineInterpolation: LineInterpolation.Linear };
  }
  switch (part) {
    case 'capacity':
    case 'plan':
      return {
        ...base,
        lineWidth,
        lineInterpolation: LineInterpolation.StepAfter,
        lineStyle: { fill: 'dash' as const, dash: part === 'plan' ? PLAN_DASH : CAPACITY_DASH },
      };
    case 'mean':
      return { ...base, lineWidth: 1, lineStyle: { fill: 'dash' as const, dash: MEAN_DASH } };
    case 'actual':
      return { ...base, lineWidth, showPoints: PointVisibility.Auto, pointSize: 4 };
    default:
      return { ...base, lineWidth };
  }
}
