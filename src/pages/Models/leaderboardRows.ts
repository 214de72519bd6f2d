import type { Accuracy } from '../../../contract/api.ts';

export const LEADS = ['15m', '1h', '6h', '24h'] as const;
export const BASELINE = 'seasonal-naive';
export type Metric = 'crps' | 'mase' | 'coverage';

export interface LeaderboardCell {
  readonly value: number | null;
  readonly count: number;
  /** Whether nobody does better at this lead. */
  readonly isBest: boolean;
}

export interface LeaderboardRow {
  readonly model: string;
  /** By lead, as `LEADS`; null where nothing is scored. */
  readonly cells: ReadonlyArray<LeaderboardCell | null>;
}

/** The band whose coverage is compared. */
export const BAND = '0.8';

/** Models of one series by a live score at each lead: the best over the longest lead that is scored first. */
export function leaderboardRows(accuracy: readonly Accuracy[], resource: string, metric: Metric): LeaderboardRow[] {
  const own = accuracy.filter((each) => each.resource === resource);
  const models = [...new Set(own.map(({ model }) => model))];
  const valueOf = (each: Accuracy | undefined): number | null =>
    each === undefined ? null : metric === 'coverage' ? (each.coverage[BAND] ?? null) : each[metric];
  const distance = (value: number) => (metric === 'coverage' ? Math.abs(value - Number(BAND)) : value);
  const at = (model: string, lead: string) => own.find((each) => each.model === model && each.lead === lead);
  const best = LEADS.map((lead) =>
    Math.min(
      ...models.flatMap((model) => {
        const value = valueOf(at(model, lead));
        return value === null ? [] : [distance(value)];
      })
    )
  );
  const rows = models.map((model): LeaderboardRow & { readonly rank: number } => {
    const cells = LEADS.map((lead, index) => {
      const found = at(model, lead);
      const value = valueOf(found);
      return found === undefined
        ? null
        : { value, count: found.count, isBest: value !== null && distance(value) === best[index] };
    });
    const last = cells.flatMap((cell) => cell?.value ?? []).at(-1) ?? null;
    return { model, cells, rank: last === null ? Infinity : distance(last) };
  });
  return rows
    .sort((a, b) => a.rank - b.rank || a.model.localeCompare(b.model))
    .map(({ model, cells }) => ({ model, cells }));
}
