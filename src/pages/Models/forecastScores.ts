import type { ForecastResponse } from '../../../contract/api.ts';
import type { CalibrationPoint } from '../../charts/CalibrationChart';

type Scored = Pick<ForecastResponse, 'levels' | 'values' | 'actual' | 'times'>;

/** How often what came lay at or below each level, where both are known. */
export function calibrationPoints({ levels, values, actual }: Scored): CalibrationPoint[] {
  return levels.flatMap((nominal, row): CalibrationPoint[] => {
    let count = 0;
    let below = 0;
    values[row]?.forEach((quantile, index) => {
      const came = actual[index] ?? null;
      if (quantile !== null && came !== null) {
        count++;
        below += came <= quantile ? 1 : 0;
      }
    });
    return count === 0 ? [] : [{ nominal, held: below / count }];
  });
}

export interface ForecastScores {
  /** Instants where both forecast and truth are known. */
  readonly count: number;
  /** Mean pinball loss over the levels, twice, as a share of what was measured; null where that is zero. */
  readonly crps: number | null;
  /** Of the truths inside the central 80 % band. */
  readonly held80: number | null;
}

/** How a forecast did against what came (CRPS over the levels 0.1 to 0.9, as live scores are). */
export function forecastScores({ levels, values, actual }: Scored): ForecastScores {
  const rows = levels.flatMap((level, row) =>
    level >= 0.1 && level <= 0.9 ? [{ level, row: values[row] ?? [] }] : []
  );
  const lower = rows.find(({ level }) => level === 0.1)?.row;
  const upper = rows.find(({ level }) => level === 0.9)?.row;
  let count = 0;
  let loss = 0;
  let size = 0;
  let inside = 0;
  actual.forEach((came, index) => {
    if (came === null || rows.some(({ row }) => (row[index] ?? null) === null) || rows.length === 0) {
      return;
    }
    count++;
    size += Math.abs(came);
    inside += came >= (lower?.[index] ?? Infinity) && came <= (upper?.[index] ?? -Infinity) ? 1 : 0;
    loss +=
      rows.reduce((sum, { level, row }) => {
        const error = came - (row[index] ?? 0);
        return sum + 2 * (error >= 0 ? level * error : (level - 1) * error);
      }, 0) / rows.length;
  });
  return {
    count,
    crps: size > 0 ? loss / size : null,
    held80: count === 0 || lower === undefined || upper === undefined ? null : inside / count,
  };
}
