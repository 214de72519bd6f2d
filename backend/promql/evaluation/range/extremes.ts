import type { Window, WindowSeries } from './window.ts';

/** The greatest value, NaN only where all are. */
export function maxOverTime({ values, from, to }: Window): number {
  let greatest = values[from]!;
  for (let i = from + 1; i < to; i++) {
    const value = values[i]!;
    if (value > greatest || greatest !== greatest) {
      greatest = value;
    }
  }
  return greatest;
}

/** The least value, NaN only where all are. */
export function minOverTime({ values, from, to }: Window): number {
  let least = values[from]!;
  for (let i = from + 1; i < to; i++) {
    const value = values[i]!;
    if (value < least || least !== least) {
      least = value;
    }
  }
  return least;
}

/** The time, in seconds, of the last of the greatest values. */
export function tsOfMaxOverTime(window: Window): number {
  return timeOfExtreme(window, (value, best) => value >= best);
}

/** The time, in seconds, of the last of the least values. */
export function tsOfMinOverTime(window: Window): number {
  return timeOfExtreme(window, (value, best) => value <= best);
}

/** `maxOverTime` for all windows of a series, each sample looked at twice at most. */
export function maxOverAllWindows(series: WindowSeries): void {
  slideExtreme(series, 1);
}

/** `minOverTime` for all windows of a series, each sample looked at twice at most. */
export function minOverAllWindows(series: WindowSeries): void {
  slideExtreme(series, -1);
}

function timeOfExtreme(window: Window, isBetter: (value: number, best: number) => boolean): number {
  const { timestamps, values, from, to } = window;
  let best = from;
  for (let i = from; i < to; i++) {
    if (isBetter(values[i]!, values[best]!) || Number.isNaN(values[best]!)) {
      best = i;
    }
  }
  return timestamps[best]! / 1000;
}

/** Keeps the candidates of a window in a queue whose values fall (times `sign`), so that the first is the extreme. */
function slideExtreme({ values, from, to, out }: WindowSeries, sign: 1 | -1): void {
  const queue = new Int32Array(values.length);
  let head = 0;
  let tail = 0;
  let next = 0;
  for (let step = 0; step < out.length; step++) {
    const end = to[step]!;
    for (next = Math.max(next, from[step]!); next < end; next++) {
      const value = values[next]! * sign;
      if (value === value) {
        while (tail > head && values[queue[tail - 1]!]! * sign <= value) {
          tail--;
        }
        queue[tail++] = next;
      }
    }
    while (head < tail && queue[head]! < from[step]!) {
      head++;
    }
    out[step] = head < tail ? values[queue[head]!]! : Number.NaN;
  }
}
