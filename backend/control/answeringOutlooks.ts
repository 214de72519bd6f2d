import type { Outlook } from '../allocation/index.ts';

/** The span of time, ends included, for which one outlook gives the forecast. */
export interface AnsweringOutlook {
  readonly outlook: Outlook;
  readonly fromSeconds: number;
  readonly toSeconds: number;
}

/**
 * Which outlook answers when: up to the latest one's cutoff the newest that was made at least `leadTimeSeconds`
 * before, after it the latest. Spans don't overlap, ascend, and lie within [from, to].
 *
 * `past` is oldest issue first, as the storage gives it, and may hold the latest too.
 */
export function answeringOutlooks(
  past: readonly Outlook[],
  latest: Outlook | undefined,
  leadTimeSeconds: number,
  fromSeconds: number,
  toSeconds: number
): AnsweringOutlook[] {
  const spans: AnsweringOutlook[] = [];
  const add = (outlook: Outlook, start: number, end: number) => {
    const from = Math.max(start, fromSeconds);
    const to = Math.min(end, toSeconds);
    if (from <= to) {
      spans.push({ outlook, fromSeconds: from, toSeconds: to });
    }
  };
  const lastPast = latest === undefined ? Number.POSITIVE_INFINITY : latest.cutoffSeconds;
  past.forEach((outlook, index) => {
    const next = past[index + 1];
    const end = next === undefined ? Number.POSITIVE_INFINITY : next.issuedAtSeconds + leadTimeSeconds - 1e-3;
    add(outlook, outlook.issuedAtSeconds + leadTimeSeconds, Math.min(end, lastPast));
  });
  if (latest !== undefined) {
    add(latest, latest.cutoffSeconds + 1e-3, Number.POSITIVE_INFINITY);
  }
  return spans;
}
