import type { ScoreRow } from '../storage/index.ts';

const DAY_SECONDS = 86_400;
/** Fewer scored truths than this say nothing about a drift. */
const MIN_SCORED = 100;
const NAIVE = 'seasonal-naive';

/**
 * How many times larger the errors of today and yesterday are than those of the days before, each relative to the size
 * of what came, of the series whose errors grew most; undefined while too little is scored of either.
 */
export function liveDrift(rows: readonly ScoreRow[], todaySeconds: number): number | undefined {
  const own = rows.filter(({ model, lead }) => model !== NAIVE && lead === '24h');
  const ratios = [...Map.groupBy(own, ({ series }) => series).values()].flatMap((group) => {
    const isRecent = ({ daySeconds }: ScoreRow) => daySeconds >= todaySeconds - DAY_SECONDS;
    const recent = relativeError(group.filter(isRecent));
    const before = relativeError(group.filter((row) => !isRecent(row)));
    return recent === undefined || before === undefined ? [] : [recent / before];
  });
  return ratios.length === 0 ? undefined : Math.max(...ratios);
}

/** Undefined where too little is scored, or nothing to relate it to. */
function relativeError(rows: readonly ScoreRow[]): number | undefined {
  const sum = (field: (row: ScoreRow) => number) => rows.reduce((total, row) => total + field(row), 0);
  const [error, size] = [sum(({ sumCrps }) => sumCrps), sum(({ sumAbsoluteActual }) => sumAbsoluteActual)];
  return sum(({ count }) => count) < MIN_SCORED || !(error > 0) || !(size > 0) ? undefined : error / size;
}
