import type { Values } from './fan';

export interface Sparkline {
  readonly times: readonly number[];
  readonly actual: Values;
  readonly lower: Values;
  readonly median: Values;
  readonly upper: Values;
  readonly capacity: Values;
}

export interface SparklineColors {
  readonly actual: string;
  readonly forecast: string;
  readonly band: string;
  readonly capacity: string;
  readonly now: string;
}

export interface SparklineSize {
  readonly width: number;
  readonly height: number;
}

const PADDING = 2;

/** Draws a sparkline in CSS pixels: band, capacity as steps, median, what was measured, and where now is. */
export function drawSparkline(
  ctx: CanvasRenderingContext2D,
  sparkline: Sparkline,
  now: number,
  { width, height }: SparklineSize,
  colors: SparklineColors
): void {
  const scale = sparklineScale(sparkline, { width, height });
  ctx.clearRect(0, 0, width, height);
  if (scale === null) {
    return;
  }
  const { x, y } = scale;
  const { times, actual, lower, median, upper, capacity } = sparkline;

  ctx.fillStyle = colors.band;
  for (const [first, last] of runs(times.length, (index) => isNumber(lower[index]) && isNumber(upper[index]))) {
    ctx.beginPath();
    for (let index = first; index <= last; index++) {
      ctx.lineTo(x(times[index]!), y(upper[index]!));
    }
    for (let index = last; index >= first; index--) {
      ctx.lineTo(x(times[index]!), y(lower[index]!));
    }
    ctx.closePath();
    ctx.fill();
  }

  const nowX = Math.round(x(now)) + 0.5;
  ctx.strokeStyle = colors.now;
  ctx.lineWidth = 1;
  ctx.beginPath();
  ctx.moveTo(nowX, 0);
  ctx.lineTo(nowX, height);
  ctx.stroke();

  const line = (values: Values, color: string, lineWidth: number, isStepped: boolean) => {
    ctx.strokeStyle = color;
    ctx.lineWidth = lineWidth;
    for (const [first, last] of runs(times.length, (index) => isNumber(values[index]))) {
      ctx.beginPath();
      for (let index = first; index <= last; index++) {
        if (isStepped && index > first) {
          ctx.lineTo(x(times[index]!), y(values[index - 1]!));
        }
        ctx.lineTo(x(times[index]!), y(values[index]!));
      }
      ctx.stroke();
    }
  };
  line(capacity, colors.capacity, 1, true);
  line(median, colors.forecast, 1, false);
  line(actual, colors.actual, 1.25, false);
}

/** From times and values to pixels; null where there is nothing to draw. The value axis begins at 0 or below. */
export function sparklineScale(
  { times, actual, lower, median, upper, capacity }: Sparkline,
  { width, height }: SparklineSize
): { readonly x: (time: number) => number; readonly y: (value: number) => number } | null {
  const [start] = times;
  const end = times.at(-1);
  let least = 0;
  let most = -Infinity;
  for (const values of [actual, lower, median, upper, capacity]) {
    for (const value of values) {
      if (isNumber(value)) {
        least = Math.min(least, value);
        most = Math.max(most, value);
      }
    }
  }
  if (start === undefined || end === undefined || most === -Infinity) {
    return null;
  }
  const timeSpan = Math.max(end - start, 1);
  const valueSpan = most - least || 1;
  return {
    x: (time) => PADDING + ((time - start) / timeSpan) * (width - 2 * PADDING),
    y: (value) => height - PADDING - ((value - least) / valueSpan) * (height - 2 * PADDING),
  };
}

/** The stretches of indices, both ends included, in which `isPresent` holds. */
function runs(length: number, isPresent: (index: number) => boolean): Array<readonly [number, number]> {
  const found: Array<readonly [number, number]> = [];
  let first: number | null = null;
  for (let index = 0; index <= length; index++) {
    const here = index < length && isPresent(index);
    if (here && first === null) {
      first = index;
    } else if (!here && first !== null) {
      found.push([first, index - 1]);
      first = null;
    }
  }
  return found;
}

function isNumber(value: number | null | undefined): value is number {
  return value !== null && value !== undefined;
}
