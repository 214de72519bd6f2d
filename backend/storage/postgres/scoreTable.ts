import { requireRowsOf } from '../requireRowsOf.ts';
import type { ScoreRow } from '../storage.ts';
import { OF_WORKLOAD } from './ofWorkload.ts';
import type { PostgresDatabase, Transaction } from './postgresDatabase.ts';

const COLUMNS = `workload, series, model, lead, day_at AS "daySeconds", truths AS count, sum_crps AS "sumCrps",
  sum_absolute_error AS "sumAbsoluteError", sum_scale AS "sumScale", sum_absolute_actual AS "sumAbsoluteActual",
  inside_80 AS inside80, inside_90 AS inside90, inside_95 AS inside95`;

/** Running sums of live scores, with the watermark up to which each workload is scored. */
export class ScoreTable {
  readonly #database: PostgresDatabase;

  constructor(database: PostgresDatabase) {
    this.#database = database;
  }

  async add(workload: string, rows: readonly ScoreRow[], scoredUntilSeconds: number): Promise<void> {
    requireRowsOf(workload, rows);
    const column = <K extends keyof ScoreRow>(key: K) => rows.map((row) => row[key]);
    await this.#database.write(async ({ run }) => {
      // Its row lock has two sidecars add one after the other.
      await run(
        `INSERT INTO scoring (workload, scored_until) VALUES ($1, $2)
         ON CONFLICT (workload) DO UPDATE SET scored_until = excluded.scored_until`,
        workload,
        scoredUntilSeconds
      );
      await run(
        `INSERT INTO score AS kept (workload, series, model, lead, day_at, truths, sum_crps, sum_absolute_error,
                                    sum_scale, sum_absolute_actual, inside_80, inside_90, inside_95)
         SELECT $1, series, model, lead, day_at, sum(truths), sum(crps), sum(error), sum(scale), sum(actual),
                sum(in_80), CASE WHEN count(in_90) = count(*) THEN sum(in_90) END, sum(in_95)
         FROM unnest($2::text[], $3::text[], $4::text[], $5::float8[], $6::bigint[], $7::float8[], $8::float8[],
                     $9::float8[], $10::float8[], $11::bigint[], $12::bigint[], $13::bigint[])
           AS given (series, model, lead, day_at, truths, crps, error, scale, actual, in_80, in_90, in_95)
         GROUP BY series, model, lead, day_at
         ON CONFLICT (workload, day_at, series, model, lead) DO UPDATE SET
           truths = kept.truths + excluded.truths,
           sum_crps = kept.sum_crps + excluded.sum_crps,
           sum_absolute_error = kept.sum_absolute_error + excluded.sum_absolute_error,
           sum_scale = kept.sum_scale + excluded.sum_scale,
           sum_absolute_actual = kept.sum_absolute_actual + excluded.sum_absolute_actual,
           inside_80 = kept.inside_80 + excluded.inside_80,
           inside_90 = kept.inside_90 + excluded.inside_90,
           inside_95 = kept.inside_95 + excluded.inside_95`,
        workload,
        column('series'),
        column('model'),
        column('lead'),
        column('daySeconds'),
        column('count'),
        column('sumCrps'),
        column('sumAbsoluteError'),
        column('sumScale'),
        column('sumAbsoluteActual'),
        column('inside80'),
        column('inside90'),
        column('inside95')
      );
    });
  }

  async list(workload: string, fromDaySeconds: number): Promise<readonly ScoreRow[]> {
    const rows = await this.#database.read(({ all }) =>
      all(
        `SELECT ${COLUMNS} FROM score WHERE workload = $1 AND day_at >= $2 ORDER BY day_at, series, model, lead`,
        workload,
        fromDaySeconds
      )
    );
    return rows.map((row) => ({ ...row }) as unknown as ScoreRow);
  }

  async scoredUntil(workload: string): Promise<number | undefined> {
    const [row] = await this.#database.read(({ all }) =>
      all('SELECT scored_until FROM scoring WHERE workload = $1', workload)
    );
    return row === undefined ? undefined : Number(row['scored_until']);
  }

  async deleteBefore({ run }: Transaction, daySeconds: number): Promise<void> {
    await run('DELETE FROM score WHERE day_at < $1', daySeconds);
  }

  async forget({ run }: Transaction, workload: string): Promise<void> {
    await run(`DELETE FROM scoring WHERE ${OF_WORKLOAD}`, workload);
  }
}
