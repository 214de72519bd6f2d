import { colorManipulator, dateTimeFormat, type GrafanaTheme2 } from '@grafana/data';
import type { TimeZone } from '@grafana/schema';
import { UPLOT_AXIS_FONT_SIZE } from '@grafana/ui';
import type uPlot from 'uplot';
import { t } from '../translations';

/** What happened or will happen beside what a chart shows: a stretch of time, or an instant where both ends are one. */
export interface Mark {
  readonly name: string;
  readonly startMs: number;
  readonly endMs: number;
}

const FILL_OPACITY = 0.12;
const INSTANT_DASH = [2, 3];
const FOOT = 5;
const TEXT_GAP = 4;

/** The colour of marks: none that a fan has. */
export function markColor(theme: GrafanaTheme2): string {
  return theme.visualization.getColorByName('semi-dark-yellow');
}

/** Draws stretches as shades and instants as lines, named at the foot of the plot where there is room. */
export function drawMarks(plot: uPlot, marks: readonly Mark[], theme: GrafanaTheme2): void {
  const { left, top, width, height } = plot.bbox;
  const ratio = window.devicePixelRatio;
  const color = markColor(theme);
  const { ctx } = plot;
  ctx.save();
  ctx.beginPath();
  ctx.rect(left, top, width, height);
  ctx.clip();
  ctx.font = `${UPLOT_AXIS_FONT_SIZE * ratio}px ${theme.typography.fontFamily}`;
  ctx.textBaseline = 'bottom';
  ctx.textAlign = 'left';
  let writtenUntil = left;
  for (const { name, startMs, endMs } of [...marks].sort((a, b) => a.startMs - b.startMs)) {
    const from = Math.round(plot.valToPos(startMs, 'x', true));
    const until = Math.round(plot.valToPos(endMs, 'x', true));
    if (until < left || from > left + width) {
      continue;
    }
    ctx.fillStyle = colorManipulator.alpha(color, FILL_OPACITY);
    ctx.fillRect(from, top, until - from, height);
    ctx.strokeStyle = color;
    ctx.lineWidth = ratio;
    ctx.setLineDash(INSTANT_DASH.map((dash) => dash * ratio));
    for (const x of from === until ? [from] : [from, until]) {
      ctx.beginPath();
      ctx.moveTo(x, top);
      ctx.lineTo(x, top + height);
      ctx.stroke();
    }
    ctx.fillStyle = color;
    ctx.fillRect(
      from - FOOT * ratio * 0.5,
      top + height - FOOT * ratio,
      Math.max(until - from, FOOT * ratio),
      FOOT * ratio
    );
    const textFrom = Math.max(from, left) + TEXT_GAP * ratio;
    const textUntil = textFrom + ctx.measureText(name).width;
    if (textFrom >= writtenUntil && textUntil <= left + width) {
      ctx.fillStyle = theme.colors.text.secondary;
      ctx.fillText(name, textFrom, top + height - (FOOT + 1) * ratio);
      writtenUntil = textUntil + TEXT_GAP * ratio;
    }
  }
  ctx.restore();
}

/** The marks that a time lies in; an instant is at `timeMs` within half of `stepMs`. */
export function marksAt(marks: readonly Mark[], timeMs: number, stepMs: number): readonly Mark[] {
  return marks.filter(({ startMs, endMs }) => timeMs >= startMs - stepMs / 2 && timeMs <= endMs + stepMs / 2);
}

/** Each mark in words. */
export function describeMarks(marks: readonly Mark[], timeZone: TimeZone): readonly string[] {
  const at = (ms: number) => dateTimeFormat(ms, { timeZone });
  return marks.map(({ name, startMs, endMs }) =>
    startMs === endMs
      ? t('charts.mark.instant', '{{name}} at {{time}}', { name, time: at(startMs) })
      : t('charts.mark.stretch', '{{name}} from {{start}} to {{end}}', { name, start: at(startMs), end: at(endMs) })
  );
}
