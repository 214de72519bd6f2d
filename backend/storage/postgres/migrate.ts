import pg from 'pg';
import { HeadroomError } from '../../errors/index.ts';
import { MIGRATIONS, type PostgresMigration } from './migrations.ts';
import type { PostgresDatabase, Transaction } from './postgresDatabase.ts';

/** "HDRM": the first half of the advisory locks' keys; the other is what is locked. */
export const LOCK_CLASS = 0x4844524d;
/** Tells our table of versions from another program's. */
const MARK = 'Headroom';

/**
 * Creates the schema where it is missing and applies the steps that it lacks, all in one transaction that one process
 * at a time runs.
 *
 * Throws STORAGE_SCHEMA_NEWER where the database has steps that are not known here, STORAGE_FOREIGN where the schema
 * holds tables of another program, STORAGE_READ_ONLY on a standby.
 */
export function migrate(
  database: PostgresDatabase,
  migrations: readonly PostgresMigration[] = MIGRATIONS
): Promise<void> {
  const { name: file, schema } = database;
  const known = migrations.at(-1)?.version ?? 0;
  return database.write(
    async (transaction) => {
      await requireUtf8(transaction, file);
      if ((await foundVersion(transaction, schema, file, known)) === known) {
        await requireWritable(transaction);
        return;
      }
      await transaction.all('SELECT pg_advisory_xact_lock($1, hashtext($2))', LOCK_CLASS, `schema ${schema}`);
      const found = await foundVersion(transaction, schema, file, known);
      if (found === undefined) {
        await createSchema(transaction, schema);
      }
      for (const { version, name, sql, fill } of migrations.filter((each) => each.version > (found ?? 0))) {
        await transaction.run(sql);
        await fill?.(transaction, file);
        await transaction.run('INSERT INTO schema_version (version, name) VALUES ($1, $2)', version, name);
      }
    },
    { isDurable: true }
  );
}

/** `undefined` where nothing of ours is there yet. */
async function foundVersion(
  transaction: Transaction,
  schema: string,
  file: string,
  known: number
): Promise<number | undefined> {
  const tables = await transaction.all(
    `SELECT c.relname AS name, obj_description(c.oid, 'pg_class') AS mark
     FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
     WHERE n.nspname = $1 AND c.relkind IN ('r', 'p', 'v', 'm', 'f')`,
    schema
  );
  if (tables.length === 0) {
    return undefined;
  }
  if (!tables.some(({ name, mark }) => name === 'schema_version' && mark === MARK)) {
    const reason = `its schema ${schema} holds tables of another program`;
    throw new HeadroomError('STORAGE_FOREIGN', { file, reason });
  }
  const [row] = await transaction.all('SELECT max(version) AS version FROM schema_version');
  const found = Number(row?.['version'] ?? 0);
  if (found > known) {
    throw new HeadroomError('STORAGE_SCHEMA_NEWER', { file, found, known });
  }
  return found;
}

async function createSchema(transaction: Transaction, schema: string): Promise<void> {
  const [there] = await transaction.all('SELECT 1 FROM pg_namespace WHERE nspname = $1', schema);
  if (there === undefined) {
    // Asked for even where it is there, it would need the right to create schemas.
    await transaction.run(`CREATE SCHEMA ${pg.escapeIdentifier(schema)}`);
  }
  await transaction.run(
    `CREATE TABLE schema_version (
       version integer PRIMARY KEY, name text NOT NULL, applied_at timestamptz NOT NULL DEFAULT now()
     )`
  );
  await transaction.run(`COMMENT ON TABLE schema_version IS '${MARK}'`);
}

/** Throws PostgreSQL's own error where the tables cannot be written; changes nothing. */
async function requireWritable(transaction: Transaction): Promise<void> {
  await transaction.run(
    `SAVEPOINT probe; INSERT INTO setting (key, value) VALUES ('', 'null') ON CONFLICT DO NOTHING; ROLLBACK TO probe`
  );
}

async function requireUtf8(transaction: Transaction, file: string): Promise<void> {
  const [row] = await transaction.all('SHOW server_encoding');
  if (row?.['server_encoding'] !== 'UTF8') {
    const reason = `its encoding is ${String(row?.['server_encoding'])}, and Headroom's texts need UTF8`;
    throw new HeadroomError('STORAGE_REFUSED', { file, reason });
  }
}
