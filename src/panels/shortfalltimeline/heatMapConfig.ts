import type { GrafanaTheme2 } from '@grafana/data';
import type { TimeZone } from '@grafana/schema';
import type { UPlotConfigBuilder } from '@grafana/ui';
import type uPlot from 'uplot';
import { timeChartConfig } from '../../charts/timeChartConfig';

export interface HeatMapLayout {
  readonly theme: GrafanaTheme2;
  readonly timeZone: TimeZone;
  readonly rowCount: number;
  readonly labelWidth: number;
  readonly getRange: () => readonly [fromMs: number, toMs: number];
  readonly getNowMs: () => number | null;
  readonly nowLabel: string;
  readonly getTimesMs: () => readonly number[];
  /** The colour of a cell; null draws none. */
  readonly getColor: (row: number, index: number) => string | null;
}

/** Of the time axis below the rows. */
export const AXIS_HEIGHT = 34;
const GAP = 1;
const LONGEST_CELL_STEPS = 3;

/** A plot of rows of cells over time; the first row is on top. */
export function heatMapConfig(layout: HeatMapLayout): UPlotConfigBuilder {
  const { theme, timeZone, rowCount, labelWidth, getRange, getNowMs, nowLabel } = layout;
  const builder = timeChartConfig({
    theme,
    timeZone,
    getRange,
    getNowMs,
    nowLabel,
    isTimeAxisShown: true,
    heights: { above: 0, timeAxis: AXIS_HEIGHT },
    valueAxis: { format: () => '', width: labelWidth, min: 0, max: rowCount },
    pointColor: () => null,
  });
  builder.addHook('drawAxes', (plot) => drawCells(plot, layout));
  return builder;
}

function drawCells(plot: uPlot, { theme, rowCount, getTimesMs, getColor }: HeatMapLayout): void {
  const { left, top, width, height } = plot.bbox;
  const { ctx } = plot;
  const timesMs = getTimesMs();
  const rowHeight = height / rowCount;
  const step = smallestStep(timesMs);
  ctx.save();
  ctx.beginPath();
  ctx.rect(left, top, width, height);
  ctx.clip();
  for (let row = 0; row < rowCount; row++) {
    const y = Math.round(top + row * rowHeight);
    const cellHeight = Math.max(1, Math.round(rowHeight) - GAP * window.devicePixelRatio);
    ctx.fillStyle = theme.colors.border.weak;
    ctx.fillRect(left, y + cellHeight, width, GAP * window.devicePixelRatio);
    for (let index = 0; index < timesMs.length; index++) {
      const color = getColor(row, index);
      if (color === null) {
        continue;
      }
      const from = timesMs[index] ?? 0;
      const until = Math.min(timesMs[index + 1] ?? from + step, from + LONGEST_CELL_STEPS * step);
      const x = Math.floor(plot.valToPos(from, 'x', true));
      ctx.fillStyle = color;
      ctx.fillRect(x, y, Math.max(1, Math.ceil(plot.valToPos(until, 'x', true)) - x), cellHeight);
    }
  }
  ctx.restore();
}

function smallestStep(timesMs: readonly number[]): number {
  let smallest = Number.POSITIVE_INFINITY;
  for (let index = 1; index < timesMs.length; index++) {
    smallest = Math.min(smallest, (timesMs[index] ?? 0) - (timesMs[index - 1] ?? 0));
  }
  return Number.isFinite(smallest) && smallest > 0 ? smallest : 60_000;
}
