import type { Accuracy } from '../../../contract/index.ts';
import type { ScoreRow } from '../../storage/index.ts';
import { LEADS } from './scoreTruths.ts';

/**
 * Accuracy by series, model and lead from the sums of many days.
 *
 * `crps` is relative to the mean absolute truth, `mase` to the seasonal-naive's past error; `null` where that is zero.
 */
export function summarizeScores(rows: readonly ScoreRow[]): Accuracy[] {
  const groups = Map.groupBy(rows, (row) => `${row.series}\n${row.model}\n${row.lead}`);
  const leads = Object.keys(LEADS);
  return [...groups.values()]
    .map((group) => {
      const sum = (field: (row: ScoreRow) => number) => group.reduce((total, row) => total + field(row), 0);
      const [{ series, model, lead }] = group as [ScoreRow];
      const count = sum((row) => row.count);
      return {
        resource: series,
        model,
        lead,
        count,
        crps: ratio(
          sum((row) => row.sumCrps),
          sum((row) => row.sumAbsoluteActual)
        ),
        mase: ratio(
          sum((row) => row.sumAbsoluteError),
          sum((row) => row.sumScale)
        ),
        coverage: {
          '0.8': sum((row) => row.inside80) / count,
          ...coverage90(group),
          '0.95': sum((row) => row.inside95) / count,
        },
      };
    })
    .sort(
      (a, b) =>
        a.resource.localeCompare(b.resource) ||
        a.model.localeCompare(b.model) ||
        leads.indexOf(a.lead) - leads.indexOf(b.lead)
    );
}

function ratio(numerator: number, denominator: number): number | null {
  return denominator > 0 ? numerator / denominator : null;
}

/** Days that were scored before the 90 % band was looked at know nothing of it. */
function coverage90(rows: readonly ScoreRow[]): Readonly<Record<string, number>> {
  const known = rows.filter(({ inside90 }) => inside90 !== null);
  const count = known.reduce((total, row) => total + row.count, 0);
  return count === 0 ? {} : { '0.9': known.reduce((total, { inside90 }) => total + inside90!, 0) / count };
}
