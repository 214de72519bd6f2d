import { requireRowsOf } from '../requireRowsOf.ts';
import type { ScoreRow } from '../storage.ts';
import type { Database } from './database.ts';
import { OF_WORKLOAD } from './ofWorkload.ts';

const COLUMNS = `workload, series, model, lead, day_at AS daySeconds, truths AS count, sum_crps AS sumCrps,
  sum_absolute_error AS sumAbsoluteError, sum_scale AS sumScale, sum_absolute_actual AS sumAbsoluteActual,
  inside_80 AS inside80, inside_90 AS inside90, inside_95 AS inside95`;

/** Running sums of live scores, with the watermark up to which each workload is scored. */
export class ScoreTable {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  add(workload: string, rows: readonly ScoreRow[], scoredUntilSeconds: number): Promise<void> {
    requireRowsOf(workload, rows);
    return this.#database.write(() => {
      this.#database.run(
        `INSERT INTO scoring (workload, scored_until) VALUES (?, ?)
         ON CONFLICT (workload) DO UPDATE SET scored_until = excluded.scored_until`,
        workload,
        scoredUntilSeconds
      );
      for (const row of rows) {
        this.#database.run(
          `INSERT INTO score (workload, series, model, lead, day_at, truths, sum_crps, sum_absolute_error, sum_scale,
                              sum_absolute_actual, inside_80, inside_90, inside_95)
           VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
           ON CONFLICT (workload, day_at, series, model, lead) DO UPDATE SET
             truths = truths + excluded.truths,
             sum_crps = sum_crps + excluded.sum_crps,
             sum_absolute_error = sum_absolute_error + excluded.sum_absolute_error,
             sum_scale = sum_scale + excluded.sum_scale,
             sum_absolute_actual = sum_absolute_actual + excluded.sum_absolute_actual,
             inside_80 = inside_80 + excluded.inside_80,
             inside_90 = inside_90 + excluded.inside_90,
             inside_95 = inside_95 + excluded.inside_95`,
          workload,
          row.series,
          row.model,
          row.lead,
          row.daySeconds,
          row.count,
          row.sumCrps,
          row.sumAbsoluteError,
          row.sumScale,
          row.sumAbsoluteActual,
          row.inside80,
          row.inside90,
          row.inside95
        );
      }
    });
  }

  list(workload: string, fromDaySeconds: number): readonly ScoreRow[] {
    return this.#database.read(() => {
      const rows = this.#database.all(
        `SELECT ${COLUMNS} FROM score WHERE workload = ? AND day_at >= ? ORDER BY day_at, series, model, lead`,
        workload,
        fromDaySeconds
      );
      return rows.map((row) => ({ ...row }) as unknown as ScoreRow);
    });
  }

  scoredUntil(workload: string): number | undefined {
    return this.#database.read(() => {
      const row = this.#database.get('SELECT scored_until FROM scoring WHERE workload = ?', workload);
      return row === undefined ? undefined : Number(row['scored_until']);
    });
  }

  /** Inside a transaction. */
  deleteBefore(daySeconds: number): void {
    this.#database.run('DELETE FROM score WHERE day_at < ?', daySeconds);
  }

  /** Inside a transaction. */
  forget(workload: string): void {
    this.#database.run(`DELETE FROM scoring WHERE ${OF_WORKLOAD}`, workload);
  }
}
