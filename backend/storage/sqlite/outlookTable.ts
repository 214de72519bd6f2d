import type { SQLInputValue } from 'node:sqlite';
import { setImmediate } from 'node:timers/promises';
import type { Outlook } from '../../allocation/index.ts';
import { gridEnd } from '../../timeseries/index.ts';
import { decodeRows } from '../decodeRows.ts';
import { hourOf } from '../hourOf.ts';
import { encodeOutlook } from '../outlookCodec.ts';
import { answersFrom, OUTLOOK_COLUMNS, outlookOf, type OutlookRow } from '../outlookRow.ts';
import { requireInstants } from '../requireInstants.ts';
import { DELETE_BATCH, TRIM_BATCH } from '../retention.ts';
import { shortenRow } from '../shortenRow.ts';
import type { Database } from './database.ts';
import { OF_WORKLOAD } from './ofWorkload.ts';

/** Outlooks: whole while they are the latest or the hour's first, else trimmed to what each answers for. */
export class OutlookTable {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  async save(outlook: Outlook, leadTimeSeconds: number): Promise<void> {
    const { workload, issuedAtSeconds: issuedAt } = outlook;
    requireInstants(outlook);
    const body = encodeOutlook(outlook);
    await this.#database.write(() => {
      const [next] = this.#rows('workload = ? AND issued_at > ? ORDER BY issued_at LIMIT 1', workload, issuedAt);
      const [former] = this.#rows('workload = ? AND issued_at < ? ORDER BY issued_at DESC LIMIT 1', workload, issuedAt);
      this.#database.run('DELETE FROM outlook WHERE workload = ? AND issued_at = ?', workload, issuedAt);
      this.#insert(outlook, body, leadTimeSeconds);
      if (next !== undefined) {
        // It comes late, after a clock that went back: its successor is there already.
        const [saved] = this.#rows('workload = ? AND issued_at = ?', workload, issuedAt);
        this.#supersede(saved, answersFrom(next));
      }
      this.#supersede(former, issuedAt + leadTimeSeconds);
    });
  }

  latest(workload: string): Outlook | undefined {
    return this.#database.read(() => {
      const [row] = this.#rows('workload = ? ORDER BY issued_at DESC LIMIT 1', workload);
      return row && outlookOf(row, this.#database.file);
    });
  }

  between(workload: string, fromSeconds: number, toSeconds: number): Promise<readonly Outlook[]> {
    const where = 'workload = ? AND end_at >= ? AND start_at <= ? ORDER BY issued_at';
    return this.#decode(() => this.#rows(where, workload, fromSeconds, toSeconds));
  }

  whole(workload: string, fromSeconds: number, toSeconds: number): Promise<readonly Outlook[]> {
    const where = 'workload = ? AND issued_at BETWEEN ? AND ? AND is_whole = 1 ORDER BY issued_at';
    return this.#decode(() => this.#rows(where, workload, fromSeconds, toSeconds));
  }

  /** Deletes what ends before `oldestSeconds` and trims whole outlooks whose horizon has passed; many transactions. */
  async prune(nowSeconds: number, oldestSeconds: number): Promise<void> {
    await this.#repeat(DELETE_BATCH, () =>
      this.#database.run(
        'DELETE FROM outlook WHERE id IN (SELECT id FROM outlook WHERE end_at < ? LIMIT ?)',
        oldestSeconds,
        DELETE_BATCH
      )
    );
    await this.#repeat(TRIM_BATCH, () => {
      const where = 'is_whole = 1 AND answers_until IS NOT NULL AND end_at < ? LIMIT ?';
      const passed = this.#rows(where, nowSeconds, TRIM_BATCH);
      passed.forEach((row) => {
        this.#trim(row, row.answers_until ?? Infinity);
      });
      return passed.length;
    });
  }

  forgetBefore(workload: string, endedBeforeSeconds: number): Promise<void> {
    return this.#database.write(() => {
      this.#database.run(
        'DELETE FROM outlook WHERE workload = ? AND end_at < ? AND answers_until IS NOT NULL',
        workload,
        endedBeforeSeconds
      );
    });
  }

  /** Inside a transaction. */
  forget(workload: string): void {
    this.#database.run(`DELETE FROM outlook WHERE ${OF_WORKLOAD}`, workload);
  }

  #rows(where: string, ...parameters: readonly SQLInputValue[]): readonly OutlookRow[] {
    const sql = `SELECT ${OUTLOOK_COLUMNS} FROM outlook WHERE ${where}`;
    return this.#database.all(sql, ...parameters) as unknown as readonly OutlookRow[];
  }

  #insert(outlook: Outlook, body: Uint8Array, leadTimeSeconds: number): void {
    const { workload, issuedAtSeconds, cutoffSeconds, grid } = outlook;
    const hour = hourOf(issuedAtSeconds);
    const ofHour = 'SELECT 1 FROM outlook WHERE workload = ? AND issued_at >= ? AND issued_at < ? AND is_hourly = 1';
    const isHourly = this.#database.get(ofHour, workload, hour.from, hour.until) === undefined;
    this.#database.run(
      `INSERT INTO outlook (workload, issued_at, lead_seconds, cutoff_at, start_at, step_seconds, length, end_at,
                            is_hourly, is_whole, body)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, 1, ?)`,
      workload,
      issuedAtSeconds,
      leadTimeSeconds,
      cutoffSeconds,
      grid.startSeconds,
      grid.stepSeconds,
      grid.length,
      gridEnd(grid),
      isHourly ? 1 : 0,
      body
    );
  }

  #supersede(row: OutlookRow | undefined, answersUntil: number): void {
    if (row === undefined) {
      return;
    }
    this.#database.run('UPDATE outlook SET answers_until = ? WHERE id = ?', answersUntil, row.id);
    if (row.is_hourly === 0) {
      this.#trim(row, answersUntil);
    }
  }

  /** Leaves of a record what it answers for, and nothing of a record that answers for nothing. */
  #trim(row: OutlookRow, answersUntil: number): void {
    const shortened = shortenRow(row, answersUntil, this.#database.file);
    switch (shortened.kind) {
      case 'damaged':
        this.#database.run('UPDATE outlook SET is_whole = 0 WHERE id = ?', row.id);
        return;
      case 'empty':
        this.#database.run('DELETE FROM outlook WHERE id = ?', row.id);
        return;
      case 'shortened':
        this.#database.run(
          'UPDATE outlook SET start_at = ?, length = ?, end_at = ?, is_whole = 0, body = ? WHERE id = ?',
          shortened.grid.startSeconds,
          shortened.grid.length,
          gridEnd(shortened.grid),
          shortened.body,
          row.id
        );
    }
  }

  #decode(rows: () => readonly OutlookRow[]): Promise<readonly Outlook[]> {
    return decodeRows(this.#database.read(rows), this.#database.file);
  }

  /** Runs a transaction over and over until it has changed fewer than `batch` rows, with pauses for others. */
  async #repeat(batch: number, work: () => number): Promise<void> {
    for (let changed = batch; changed >= batch;) {
      await this.#database.write(() => {
        changed = work();
      });
      await setImmediate();
    }
  }
}
