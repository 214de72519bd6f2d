import type { DecimalCount, GrafanaTheme2 } from '@grafana/data';
import type { TimeZone } from '@grafana/schema';
import { AxisPlacement, ScaleDirection, ScaleOrientation, UPLOT_AXIS_FONT_SIZE, UPlotConfigBuilder } from '@grafana/ui';
import type uPlot from 'uplot';
import { drawMarks, type Mark } from './marks';
import { movingScale, type ScaleProps } from './movingScale';

export interface TimeChartLayout {
  readonly theme: GrafanaTheme2;
  readonly timeZone: TimeZone;
  readonly getRange: () => readonly [fromMs: number, toMs: number];
  /** Where the past ends; null where nothing is to be marked. */
  readonly getNowMs: () => number | null;
  /** Written at the now-line; empty for a line without a word. */
  readonly nowLabel: string;
  readonly isTimeAxisShown: boolean;
  /** In pixels, where what stands beside the plot has to meet it; without them the labels decide. */
  readonly heights?: { readonly above: number; readonly timeAxis: number };
  readonly valueAxis: {
    readonly format: (value: number, decimals?: DecimalCount) => string;
    /** In pixels; charts above each other share it. Without it the labels decide. */
    readonly width?: number;
    readonly min?: number | null;
    readonly max?: number | null;
    readonly softMin?: number | null;
    /** Read as the plot scales: it does so where data are set. */
    readonly getSoftMax?: () => number | null | undefined;
    readonly decimals?: DecimalCount;
    readonly label?: string;
    /** Whether values count in powers of two. */
    readonly isBinary?: boolean;
  };
  /** What happened beside it. */
  readonly getMarks?: () => readonly Mark[];
  /** The colour of the hover point of each series, from 1; null for a series without one. */
  readonly pointColor: (seriesIndex: number) => string | null;
}

const BINARY_INCREMENTS = Array.from({ length: 53 }, (_, power) => 2 ** power);
const POINT_SIZE = 8;
const NOW_DASH = [4, 4];

/** Room at the right for half of the last time's text. */
const RIGHT_PADDING = 36;

/** The plot that every chart over time begins with: axes, scales, cursor, shaded future and now-line. */
export function timeChartConfig(layout: TimeChartLayout): UPlotConfigBuilder {
  const { theme, timeZone, getRange, valueAxis, pointColor } = layout;
  const builder = new UPlotConfigBuilder(timeZone);
  builder.setPadding([layout.heights?.above ?? null, RIGHT_PADDING, null, null]);
  builder.addScale({
    scaleKey: 'x',
    isTime: true,
    orientation: ScaleOrientation.Horizontal,
    direction: ScaleDirection.Right,
    range: () => [...getRange()],
  });
  const { getSoftMax } = valueAxis;
  const scale: ScaleProps = {
    scaleKey: 'y',
    orientation: ScaleOrientation.Vertical,
    direction: ScaleDirection.Up,
    min: valueAxis.min,
    max: valueAxis.max,
    softMin: valueAxis.softMin,
    decimals: valueAxis.decimals,
  };
  builder.addScale(getSoftMax === undefined ? scale : movingScale(scale, getSoftMax));
  builder.addAxis({
    scaleKey: 'x',
    isTime: true,
    placement: AxisPlacement.Bottom,
    timeZone,
    theme,
    grid: { show: true },
    size: layout.heights?.timeAxis,
    ...(layout.isTimeAxisShown ? {} : { values: (_: uPlot, splits: number[]) => splits.map(() => ''), size: 8 }),
  });
  builder.addAxis({
    scaleKey: 'y',
    placement: AxisPlacement.Left,
    theme,
    grid: { show: true },
    size: valueAxis.width,
    label: valueAxis.label,
    incrs: valueAxis.isBinary === true ? BINARY_INCREMENTS : undefined,
    formatValue: (value: number, decimals) => valueAxis.format(value, decimals),
  });
  builder.setCursor({
    points: {
      size: (_, index) => (pointColor(index) === null ? 0 : POINT_SIZE),
      width: () => 2,
      stroke: (_, index) => pointColor(index) ?? 'transparent',
      fill: (_, index) => pointColor(index) ?? 'transparent',
    },
  });
  builder.addHook('drawClear', (plot) => shadeFuture(plot, layout));
  builder.addHook('drawAxes', (plot) => drawMarks(plot, layout.getMarks?.() ?? [], theme));
  builder.addHook('draw', (plot) => drawNowLine(plot, layout));
  return builder;
}

function shadeFuture(plot: uPlot, { theme, getNowMs }: TimeChartLayout): void {
  const nowMs = getNowMs();
  if (nowMs === null) {
    return;
  }
  const { left, top, width, height } = plot.bbox;
  const start = Math.max(left, plot.valToPos(nowMs, 'x', true));
  if (start >= left + width) {
    return;
  }
  plot.ctx.save();
  plot.ctx.fillStyle = theme.colors.background.secondary;
  plot.ctx.fillRect(start, top, left + width - start, height);
  plot.ctx.restore();
}

function drawNowLine(plot: uPlot, { theme, getNowMs, nowLabel }: TimeChartLayout): void {
  const nowMs = getNowMs();
  if (nowMs === null) {
    return;
  }
  const { left, top, width, height } = plot.bbox;
  const x = Math.round(plot.valToPos(nowMs, 'x', true));
  if (x < left || x > left + width) {
    return;
  }
  const ratio = window.devicePixelRatio;
  const { ctx } = plot;
  ctx.save();
  ctx.strokeStyle = theme.colors.text.secondary;
  ctx.lineWidth = ratio;
  ctx.setLineDash(NOW_DASH.map((dash) => dash * ratio));
  ctx.beginPath();
  ctx.moveTo(x, top);
  ctx.lineTo(x, top + height);
  ctx.stroke();
  if (nowLabel !== '') {
    ctx.fillStyle = theme.colors.text.secondary;
    ctx.font = `${UPLOT_AXIS_FONT_SIZE * ratio}px ${theme.typography.fontFamily}`;
    ctx.textBaseline = 'top';
    const isNearRight = x > left + width - 60 * ratio;
    ctx.textAlign = isNearRight ? 'right' : 'left';
    ctx.fillText(nowLabel, x + (isNearRight ? -4 : 4) * ratio, top + 2 * ratio);
  }
  ctx.restore();
}
