import { setTimeout } from 'node:timers/promises';
import type { DatabaseSync, SQLInputValue, StatementSync } from 'node:sqlite';
import { HeadroomError } from '../../errors/index.ts';
import { storageError } from './storageError.ts';

/** A lock of another process is waited for this often and long, without holding up this one. */
const LOCK_TRIES = 40;
const LOCK_WAIT_MS = 125;

export interface WriteOptions {
  /** Survives a loss of power too: for what cannot be computed again. */
  readonly isDurable?: boolean;
}

export type Row = Readonly<Record<string, unknown>>;

/**
 * One open SQLite database: prepared statements, transactions, coded errors.
 *
 * WAL with synchronous=NORMAL: a commit is in the operating system's hands when it returns, so it survives the death
 * of the process, SIGKILL included; a durable one is on the disk (synchronous=FULL), with all commits before it.
 */
export class Database {
  readonly file: string;
  readonly #sqlite: DatabaseSync;
  readonly #statements = new Map<string, StatementSync>();

  constructor(sqlite: DatabaseSync, file: string) {
    this.#sqlite = sqlite;
    this.file = file;
  }

  /** Runs `read`; no write of this process lies between its statements. */
  read<T>(read: () => T): T {
    this.#requireOpen();
    try {
      return read();
    } catch (error) {
      throw storageError(error, this.file);
    }
  }

  /** Runs `work` as one transaction: all of it or nothing. */
  async write<T>(work: () => T, { isDurable = false }: WriteOptions = {}): Promise<T> {
    for (let attempt = 1; ; attempt++) {
      this.#requireOpen();
      try {
        return this.#transact(work, isDurable);
      } catch (error) {
        const coded = storageError(error, this.file);
        if (coded.code !== 'STORAGE_BUSY' || attempt >= LOCK_TRIES) {
          throw coded;
        }
      }
      await setTimeout(LOCK_WAIT_MS);
    }
  }

  get(sql: string, ...parameters: readonly SQLInputValue[]): Row | undefined {
    return this.#prepare(sql).get(...parameters);
  }

  all(sql: string, ...parameters: readonly SQLInputValue[]): readonly Row[] {
    return this.#prepare(sql).all(...parameters);
  }

  /** Row by row, for what is too much at once. */
  *iterate(sql: string, ...parameters: readonly SQLInputValue[]): Generator<Row> {
    yield* this.#prepare(sql).iterate(...parameters);
  }

  /** How many rows changed. */
  run(sql: string, ...parameters: readonly SQLInputValue[]): number {
    return Number(this.#prepare(sql).run(...parameters).changes);
  }

  exec(sql: string): void {
    this.#sqlite.exec(sql);
  }

  close(): void {
    if (this.#sqlite.isOpen) {
      this.#sqlite.close();
    }
  }

  #transact<T>(work: () => T, isDurable: boolean): T {
    if (isDurable) {
      this.#sqlite.exec('PRAGMA synchronous = FULL');
    }
    try {
      this.#sqlite.exec('BEGIN IMMEDIATE');
      const value = work();
      this.#sqlite.exec('COMMIT');
      return value;
    } catch (error) {
      if (this.#sqlite.isTransaction) {
        this.#sqlite.exec('ROLLBACK');
      }
      throw error;
    } finally {
      if (isDurable) {
        this.#sqlite.exec('PRAGMA synchronous = NORMAL');
      }
    }
  }

  #prepare(sql: string): StatementSync {
    let statement = this.#statements.get(sql);
    if (statement === undefined) {
      statement = this.#sqlite.prepare(sql);
      this.#statements.set(sql, statement);
    }
    return statement;
  }

  #requireOpen(): void {
    if (!this.#sqlite.isOpen) {
      throw new HeadroomError('STORAGE_CLOSED', { file: this.file });
    }
  }
}
