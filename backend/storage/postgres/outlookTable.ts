import type { Outlook } from '../../allocation/index.ts';
import { gridEnd } from '../../timeseries/index.ts';
import { decodeRows } from '../decodeRows.ts';
import { hourOf } from '../hourOf.ts';
import { encodeOutlook } from '../outlookCodec.ts';
import { answersFrom, OUTLOOK_COLUMNS, outlookOf, type OutlookRow } from '../outlookRow.ts';
import { requireInstants } from '../requireInstants.ts';
import { DELETE_BATCH, TRIM_BATCH } from '../retention.ts';
import { shortenRow } from '../shortenRow.ts';
import { LOCK_CLASS } from './migrate.ts';
import { OF_WORKLOAD } from './ofWorkload.ts';
import type { PostgresDatabase, Transaction } from './postgresDatabase.ts';

/** Outlooks: whole while they are the latest or the hour's first, else trimmed to what each answers for. */
export class OutlookTable {
  readonly #database: PostgresDatabase;

  constructor(database: PostgresDatabase) {
    this.#database = database;
  }

  async save(outlook: Outlook, leadTimeSeconds: number): Promise<void> {
    const { workload, issuedAtSeconds: issuedAt } = outlook;
    requireInstants(outlook);
    const body = encodeOutlook(outlook);
    await this.#database.write(async (transaction) => {
      // One save of a workload at a time, whoever saves: each decides by what the others left.
      await transaction.all('SELECT pg_advisory_xact_lock($1, hashtext($2))', LOCK_CLASS, `outlook ${workload}`);
      const [next] = await rowsOf(
        transaction,
        'workload = $1 AND issued_at > $2 ORDER BY issued_at LIMIT 1 FOR UPDATE',
        workload,
        issuedAt
      );
      const [former] = await rowsOf(
        transaction,
        'workload = $1 AND issued_at < $2 ORDER BY issued_at DESC LIMIT 1 FOR UPDATE',
        workload,
        issuedAt
      );
      await transaction.run('DELETE FROM outlook WHERE workload = $1 AND issued_at = $2', workload, issuedAt);
      await insert(transaction, outlook, body, leadTimeSeconds);
      if (next !== undefined) {
        // It comes late, after a clock that went back: its successor is there already.
        const [saved] = await rowsOf(transaction, 'workload = $1 AND issued_at = $2', workload, issuedAt);
        await this.#supersede(transaction, saved, answersFrom(next));
      }
      await this.#supersede(transaction, former, issuedAt + leadTimeSeconds);
    });
  }

  async latest(workload: string): Promise<Outlook | undefined> {
    const [row] = await this.#database.read((transaction) =>
      rowsOf(transaction, 'workload = $1 ORDER BY issued_at DESC LIMIT 1', workload)
    );
    return row && outlookOf(row, this.#database.name);
  }

  between(workload: string, fromSeconds: number, toSeconds: number): Promise<readonly Outlook[]> {
    const where = 'workload = $1 AND end_at >= $2 AND start_at <= $3 ORDER BY issued_at';
    return this.#decode(where, workload, fromSeconds, toSeconds);
  }

  whole(workload: string, fromSeconds: number, toSeconds: number): Promise<readonly Outlook[]> {
    const where = 'workload = $1 AND issued_at BETWEEN $2 AND $3 AND is_whole = 1 ORDER BY issued_at';
    return this.#decode(where, workload, fromSeconds, toSeconds);
  }

  /** Deletes what ends before `oldestSeconds` and trims whole outlooks whose horizon has passed; many transactions. */
  async prune(nowSeconds: number, oldestSeconds: number): Promise<void> {
    await this.#repeat(DELETE_BATCH, ({ run }) =>
      run(
        `DELETE FROM outlook WHERE id IN
           (SELECT id FROM outlook WHERE end_at < $1 LIMIT $2 FOR UPDATE SKIP LOCKED)`,
        oldestSeconds,
        DELETE_BATCH
      )
    );
    await this.#repeat(TRIM_BATCH, async (transaction) => {
      const where = 'is_whole = 1 AND answers_until IS NOT NULL AND end_at < $1 LIMIT $2 FOR UPDATE SKIP LOCKED';
      const passed = await rowsOf(transaction, where, nowSeconds, TRIM_BATCH);
      for (const row of passed) {
        await this.#trim(transaction, row, row.answers_until ?? Infinity);
      }
      return passed.length;
    });
  }

  async forgetBefore(workload: string, endedBeforeSeconds: number): Promise<void> {
    await this.#database.write(({ run }) =>
      run(
        'DELETE FROM outlook WHERE workload = $1 AND end_at < $2 AND answers_until IS NOT NULL',
        workload,
        endedBeforeSeconds
      )
    );
  }

  async forget({ run }: Transaction, workload: string): Promise<void> {
    await run(`DELETE FROM outlook WHERE ${OF_WORKLOAD}`, workload);
  }

  async #supersede(transaction: Transaction, row: OutlookRow | undefined, answersUntil: number): Promise<void> {
    if (row === undefined) {
      return;
    }
    await transaction.run('UPDATE outlook SET answers_until = $1 WHERE id = $2', answersUntil, row.id);
    if (row.is_hourly === 0) {
      await this.#trim(transaction, row, answersUntil);
    }
  }

  /** Leaves of a record what it answers for, and nothing of a record that answers for nothing. */
  async #trim({ run }: Transaction, row: OutlookRow, answersUntil: number): Promise<void> {
    const shortened = shortenRow(row, answersUntil, this.#database.name);
    switch (shortened.kind) {
      case 'damaged':
        await run('UPDATE outlook SET is_whole = 0 WHERE id = $1', row.id);
        return;
      case 'empty':
        await run('DELETE FROM outlook WHERE id = $1', row.id);
        return;
      case 'shortened':
        await run(
          'UPDATE outlook SET start_at = $1, length = $2, end_at = $3, is_whole = 0, body = $4 WHERE id = $5',
          shortened.grid.startSeconds,
          shortened.grid.length,
          gridEnd(shortened.grid),
          shortened.body,
          row.id
        );
    }
  }

  async #decode(where: string, ...parameters: readonly unknown[]): Promise<readonly Outlook[]> {
    const rows = await this.#database.read((transaction) => rowsOf(transaction, where, ...parameters));
    return decodeRows(rows, this.#database.name);
  }

  /** Runs a transaction over and over until it has changed fewer than `batch` rows. */
  async #repeat(batch: number, work: (transaction: Transaction) => Promise<number>): Promise<void> {
    for (let changed = batch; changed >= batch;) {
      changed = await this.#database.write(work);
    }
  }
}

async function rowsOf(
  { all }: Transaction,
  where: string,
  ...parameters: readonly unknown[]
): Promise<readonly OutlookRow[]> {
  const rows = await all(`SELECT ${OUTLOOK_COLUMNS} FROM outlook WHERE ${where}`, ...parameters);
  return rows as unknown as readonly OutlookRow[];
}

async function insert({ all, run }: Transaction, outlook: Outlook, body: Uint8Array, lead: number): Promise<void> {
  const { workload, issuedAtSeconds, cutoffSeconds, grid } = outlook;
  const hour = hourOf(issuedAtSeconds);
  const ofHour = 'SELECT 1 FROM outlook WHERE workload = $1 AND issued_at >= $2 AND issued_at < $3 AND is_hourly = 1';
  const [hourly] = await all(ofHour, workload, hour.from, hour.until);
  await run(
    `INSERT INTO outlook (workload, issued_at, lead_seconds, cutoff_at, start_at, step_seconds, length, end_at,
                          is_hourly, is_whole, body)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, 1, $10)`,
    workload,
    issuedAtSeconds,
    lead,
    cutoffSeconds,
    grid.startSeconds,
    grid.stepSeconds,
    grid.length,
    gridEnd(grid),
    hourly === undefined ? 1 : 0,
    body
  );
}
