import React, { useMemo } from 'react';
import { css } from '@emotion/css';
import { colorManipulator, dateTimeFormat, type GrafanaTheme2 } from '@grafana/data';
import type { TimeZone } from '@grafana/schema';
import {
  DrawStyle,
  LineInterpolation,
  PointVisibility,
  SeriesIcon,
  useStyles2,
  useTheme2,
  type UPlotConfigBuilder,
} from '@grafana/ui';
import type { AlignedData } from 'uplot';
import type { FormatValue } from '../formatting/valueFormatter';
import { useElementWidth } from '../hooks/useElementWidth';
import { useLatest } from '../hooks/useLatest';
import { ChartDescription } from './ChartDescription';
import { describeLines } from './describeLines';
import type { ChartLine } from './lines';
import { TimeChart } from './TimeChart';
import { timeChartConfig } from './timeChartConfig';

interface LinesChartProps {
  /** What the chart is of; seen above it and heard with it. */
  readonly title: string;
  readonly timesMs: readonly number[];
  readonly lines: readonly ChartLine[];
  readonly height: number;
  readonly fromMs: number;
  readonly toMs: number;
  readonly timeZone: TimeZone;
  readonly format: FormatValue;
  /** Whether instants are whole days. */
  readonly isDaily?: boolean;
}

const INTERVAL_OPACITY = 0.2;
const AXIS_WIDTH = 84;

/** Some quantities over time, with the intervals that they lie in, as wide as there is room. */
export function LinesChart(props: LinesChartProps) {
  const { title, timesMs, lines, height, timeZone, format, isDaily = false } = props;
  const [ref, width] = useElementWidth<HTMLDivElement>();
  const theme = useTheme2();
  const styles = useStyles2(getStyles);
  const current = useLatest(props);
  const data = useMemo(
    () =>
      [
        timesMs,
        ...lines.flatMap(({ values, interval }) =>
          interval === undefined ? [values] : [values, interval.upper, interval.lower]
        ),
      ] as unknown as AlignedData,
    [timesMs, lines]
  );
  const key = lines.map((line) => [line.key, line.hue, line.shape, line.interval !== undefined].join(' ')).join('\n');
  const config = useMemo(() => {
    const colors = current().lines.flatMap(({ hue, interval }) =>
      interval === undefined
        ? [theme.visualization.getColorByName(hue)]
        : [theme.visualization.getColorByName(hue), '', '']
    );
    const builder = timeChartConfig({
      theme,
      timeZone,
      getRange: () => [current().fromMs, current().toMs],
      getNowMs: () => null,
      nowLabel: '',
      isTimeAxisShown: true,
      valueAxis: { format: (value, decimals) => current().format(value, decimals), softMin: 0, width: AXIS_WIDTH },
      pointColor: (index) => colors[index - 1] || null,
    });
    current().lines.reduce((index, line) => addLine(builder, line, index, theme), 1);
    return builder;
    // `key` stands for the lines as far as a plot must be built anew for them.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [key, theme, timeZone, current]);
  const formatTime = (timeMs: number) =>
    dateTimeFormat(timeMs, { timeZone, ...(isDaily ? { format: 'YYYY-MM-DD' } : {}) });
  const description = useMemo(
    () => describeLines({ title, timesMs, lines, format, formatTime }),
    // eslint-disable-next-line react-hooks/exhaustive-deps
    [title, timesMs, lines, format, timeZone, isDaily]
  );
  return (
    <div ref={ref}>
      <ChartDescription description={description}>
        <div aria-hidden className={styles.title}>
          {title}
        </div>
        <div style={{ height }}>
          {width > 0 && (
            <TimeChart
              config={config}
              data={data}
              width={width}
              height={height}
              renderTooltip={(indices) => {
                const index = indices[0] ?? indices[1];
                const timeMs = index === null || index === undefined ? undefined : timesMs[index];
                return timeMs === undefined || index === null || index === undefined ? null : (
                  <div className={styles.tooltip}>
                    <div>{formatTime(timeMs)}</div>
                    {lines.map((line) => (
                      <div key={line.key}>
                        {line.name}: <strong>{format(line.values[index])}</strong>
                        {line.interval !== undefined &&
                          ` (${format(line.interval.lower[index])} – ${format(line.interval.upper[index])})`}
                      </div>
                    ))}
                  </div>
                );
              }}
            />
          )}
        </div>
      </ChartDescription>
      <div aria-hidden className={styles.legend}>
        {lines.map(({ key: of, name, hue }) => (
          <span key={of} className={styles.item}>
            <SeriesIcon color={theme.visualization.getColorByName(hue)} />
            {name}
          </span>
        ))}
      </div>
    </div>
  );
}

/** Adds a line, and the edges of its interval behind it; gives the index of the series after them. */
function addLine(
  builder: UPlotConfigBuilder,
  { hue, shape, interval }: ChartLine,
  index: number,
  theme: GrafanaTheme2
): number {
  const lineColor = theme.visualization.getColorByName(hue);
  builder.addSeries({
    theme,
    scaleKey: 'y',
    lineColor,
    drawStyle: shape === 'bars' ? DrawStyle.Bars : DrawStyle.Line,
    lineInterpolation: shape === 'step' ? LineInterpolation.StepAfter : LineInterpolation.Linear,
    lineWidth: shape === 'bars' ? 0 : 2,
    // A fill with a colour of its own is drawn however faint it is asked to be.
    ...(shape === 'bars' ? { fillOpacity: 70, fillColor: lineColor } : {}),
    barMaxWidth: 32,
    showPoints: shape === 'line' ? PointVisibility.Auto : PointVisibility.Never,
    pointSize: 5,
    spanNulls: false,
  });
  if (interval === undefined) {
    return index + 1;
  }
  for (let edge = 0; edge < 2; edge++) {
    builder.addSeries({
      theme,
      scaleKey: 'y',
      lineColor,
      drawStyle: DrawStyle.Line,
      lineInterpolation: shape === 'step' ? LineInterpolation.StepAfter : LineInterpolation.Linear,
      lineWidth: 1,
      showPoints: PointVisibility.Never,
      spanNulls: false,
    });
  }
  builder.addBand({ series: [index + 1, index + 2], fill: colorManipulator.alpha(lineColor, INTERVAL_OPACITY) });
  return index + 3;
}

const getStyles = (theme: GrafanaTheme2) => ({
  title: css({
    marginBottom: theme.spacing(0.5),
    fontSize: theme.typography.h5.fontSize,
    fontWeight: theme.typography.h5.fontWeight,
  }),
  tooltip: css({ padding: theme.spacing(1), fontSize: theme.typography.bodySmall.fontSize }),
  legend: css({ display: 'flex', flexWrap: 'wrap', gap: theme.spacing(0.5, 2) }),
  item: css({
    display: 'inline-flex',
    alignItems: 'center',
    gap: theme.spacing(0.75),
    fontSize: theme.typography.bodySmall.fontSize,
  }),
});
