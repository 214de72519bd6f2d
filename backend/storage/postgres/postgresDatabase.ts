import { setTimeout } from 'node:timers/promises';
import PQueue from 'p-queue';
import pg from 'pg';
import { HeadroomError } from '../../errors/index.ts';
import { postgresError, sqlState } from './postgresError.ts';
import type { PostgresTarget } from './postgresTarget.ts';

const POOL_SIZE = 4;
const CONNECT_TIMEOUT_MS = 5000;
const IDLE_TIMEOUT_MS = 60_000;
/** The server ends a statement after this; this process gives up on the connection a while later. */
const STATEMENT_TIMEOUT_MS = 20_000;
const ANSWER_TIMEOUT_MS = 25_000;
/** A frozen sidecar holds its locks no longer than this. */
const IDLE_IN_TRANSACTION_TIMEOUT_MS = 30_000;
/** Each connection of the pool may have died unnoticed. */
const TRIES = POOL_SIZE + 2;
const RETRY_WAIT_MS = 20;
/** Another transaction came between: the same again can succeed. */
const RACED = ['40001', '40P01'];

/** A server that is set to more, such as to wait for its standbys, stays so. */
const COMMIT_DURABLY = `SELECT set_config('synchronous_commit', 'on', true)
  WHERE current_setting('synchronous_commit') = 'off'`;

export interface WriteOptions {
  /** Survives the death of the server too: for what cannot be computed again. */
  readonly isDurable?: boolean;
}

/** As node-postgres, but counts and identities, all below 2^53, are numbers. */
const TYPES = new pg.TypeOverrides();
TYPES.setTypeParser(pg.types.builtins.INT8, Number);

export type Row = Readonly<Record<string, unknown>>;

/** Statements inside one transaction. */
export interface Transaction {
  readonly all: (sql: string, ...parameters: readonly unknown[]) => Promise<readonly Row[]>;
  /** How many rows changed. */
  readonly run: (sql: string, ...parameters: readonly unknown[]) => Promise<number>;
}

/**
 * One database of PostgreSQL: a small pool of connections, transactions, coded errors.
 *
 * What a transaction needs is set within it, so that a pooler in between (PgBouncer by transactions) may be used. A
 * connection that is lost before the commit is sent, and a race that was lost, are tried again.
 */
export class PostgresDatabase {
  readonly name: string;
  readonly schema: string;
  readonly #target: PostgresTarget;
  readonly #pool: pg.Pool;
  /** Ahead of the pool, whose own queue gives up as a connection does. */
  readonly #queue = new PQueue({ concurrency: POOL_SIZE });
  #closing: Promise<void> | undefined;

  constructor(target: PostgresTarget) {
    this.name = target.name;
    this.schema = target.schema;
    this.#target = target;
    this.#pool = new pg.Pool({
      connectionString: target.url,
      application_name: 'headroom',
      max: POOL_SIZE,
      connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
      idleTimeoutMillis: IDLE_TIMEOUT_MS,
      query_timeout: ANSWER_TIMEOUT_MS,
      keepAlive: true,
      types: TYPES,
    });
    // A connection that dies while nobody uses it is left out of the pool; without a listener it would end the process.
    this.#pool.on('error', () => undefined);
  }

  /** Runs `read` over one unchanging state of the database. */
  read<T>(read: (transaction: Transaction) => Promise<T>): Promise<T> {
    return this.#run('BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY', read);
  }

  /** Runs `work` as one transaction: all of it or nothing. It may run more than once. */
  write<T>(work: (transaction: Transaction) => Promise<T>, { isDurable = false }: WriteOptions = {}): Promise<T> {
    return this.#run(`BEGIN; ${isDurable ? COMMIT_DURABLY : 'SET LOCAL synchronous_commit = off'}`, work);
  }

  /** What was asked before is answered first. */
  close(): Promise<void> {
    return (this.#closing ??= this.#queue.onIdle().then(() => this.#pool.end()));
  }

  async #run<T>(begin: string, work: (transaction: Transaction) => Promise<T>): Promise<T> {
    if (this.#closing !== undefined) {
      throw new HeadroomError('STORAGE_CLOSED', { file: this.name });
    }
    return this.#queue.add(() => this.#try(begin, work));
  }

  async #try<T>(begin: string, work: (transaction: Transaction) => Promise<T>): Promise<T> {
    for (let attempt = 1; ; attempt++) {
      const client = await this.#connect();
      const outcome = await this.#transact(client, begin, work);
      if (outcome.kind === 'done') {
        return outcome.value;
      }
      if (!outcome.isRepeatable || attempt >= TRIES) {
        throw outcome.error;
      }
      await setTimeout(RETRY_WAIT_MS * attempt);
    }
  }

  async #connect(): Promise<pg.PoolClient> {
    try {
      return await this.#pool.connect();
    } catch (error) {
      throw postgresError(error, this.#target);
    }
  }

  async #transact<T>(
    client: pg.PoolClient,
    begin: string,
    work: (transaction: Transaction) => Promise<T>
  ): Promise<Outcome<T>> {
    // The query that fails tells of it; a connection that dies between two queries is told of here.
    client.on('error', ignore);
    let isCommitting = false;
    try {
      await client.query(
        `${begin}; SET LOCAL search_path = ${pg.escapeIdentifier(this.schema)};
         SET LOCAL statement_timeout = ${STATEMENT_TIMEOUT_MS};
         SET LOCAL idle_in_transaction_session_timeout = ${IDLE_IN_TRANSACTION_TIMEOUT_MS}`
      );
      const value = await work({
        all: async (sql, ...parameters) => (await client.query<Row>(sql, [...parameters])).rows,
        run: async (sql, ...parameters) => (await client.query(sql, [...parameters])).rowCount ?? 0,
      });
      isCommitting = true;
      await client.query('COMMIT');
      release(client, true);
      return { kind: 'done', value };
    } catch (error) {
      const state = sqlState(error);
      const coded = postgresError(error, this.#target);
      const isLost = coded.code === 'STORAGE_UNREACHABLE';
      release(client, !isLost && (await rollBack(client)));
      if (isLost && isCommitting) {
        const reason = 'the connection was lost at the commit: whether it was kept is not known';
        return { kind: 'failed', error: new HeadroomError('STORAGE_UNREACHABLE', { file: this.name, reason }) };
      }
      const isRaced = state !== undefined && RACED.includes(state);
      return {
        kind: 'failed',
        error: error instanceof RangeError || error instanceof TypeError ? error : coded,
        isRepeatable: isRaced || (isLost && !/timeout/.test(coded.message)),
      };
    }
  }
}

type Outcome<T> =
  | { readonly kind: 'done'; readonly value: T }
  | { readonly kind: 'failed'; readonly error: Error; readonly isRepeatable?: boolean };

function ignore(): void {
  return undefined;
}

async function rollBack(client: pg.PoolClient): Promise<boolean> {
  try {
    await client.query('ROLLBACK');
    return true;
  } catch {
    return false;
  }
}

/** Back into the pool, or out of it for good. */
function release(client: pg.PoolClient, isSound: boolean): void {
  client.off('error', ignore);
  client.release(!isSound);
}
