import type { AuditReport } from '../../../contract/index.ts';
import { HeadroomError } from '../../errors/index.ts';
import { recordOfRow, type DecisionRow } from '../audit/decisionRow.ts';
import { verifyChain } from '../audit/verifyChain.ts';
import type { PostgresDatabase, Row, Transaction } from '../postgres/postgresDatabase.ts';
import type { Database } from '../sqlite/database.ts';
import { COPIED_TABLES, type CopiedTable } from './copiedTables.ts';
import type { CopySteps } from './copySteps.ts';
import { rowDigest } from './rowDigest.ts';

/** Rows of one statement: outlooks are some 50 KB each. */
const BATCH = 50;

interface Copied {
  readonly rows: Readonly<Record<string, number>>;
  readonly chain: AuditReport;
}

/** Copies every table inside the transaction and reads it back; throws where anything differs. */
export async function copyTables(
  source: Database,
  target: Transaction,
  { name: file, schema }: Pick<PostgresDatabase, 'name' | 'schema'>,
  steps: CopySteps
): Promise<Copied> {
  await requireEmpty(target, file);
  const counts = COPIED_TABLES.map(({ name }) =>
    Number(source.get(`SELECT count(*) AS count FROM ${name}`)?.['count'])
  );
  const total = counts.reduce((sum, count) => sum + count, 0);
  const digests: string[] = [];
  let done = 0;
  for (const table of COPIED_TABLES) {
    const digest = rowDigest(table);
    for (const batch of batches(source, table)) {
      steps.signal.throwIfAborted();
      steps.advance('copying', done, total);
      await insert(target, table, batch);
      batch.forEach((row) => {
        digest.add(row);
      });
      done += batch.length;
    }
    digests.push(digest.hex());
  }
  steps.advance('copying', total, total);
  const chain = await verifyChain(decisionsOf(target));
  if (chain.fault !== null) {
    const { seq, problem, position } = chain.fault;
    throw new HeadroomError('AUDIT_CHAIN_BROKEN', { file, line: position, seq: seq ?? 'without a number', problem });
  }
  done = 0;
  for (const [index, table] of COPIED_TABLES.entries()) {
    const digest = rowDigest(table);
    for await (const batch of readBack(target, table)) {
      steps.signal.throwIfAborted();
      steps.advance('checking', done, total);
      batch.forEach((row) => {
        digest.add(row);
      });
      done += batch.length;
    }
    if (digest.hex() !== digests[index]) {
      const reason = `the table ${table.name} of ${schema} is not as it was copied`;
      throw new HeadroomError('STORAGE_CORRUPT', { file, reason });
    }
  }
  steps.advance('checking', total, total);
  return { rows: Object.fromEntries(COPIED_TABLES.map(({ name }, index) => [name, counts[index]!])), chain };
}

/** Throws STORAGE_NOT_EMPTY where anything is kept there already; from then on nobody else writes. */
async function requireEmpty({ all, run }: Transaction, file: string): Promise<void> {
  await run(`LOCK TABLE ${COPIED_TABLES.map(({ name }) => name).join(', ')} IN EXCLUSIVE MODE`);
  for (const { name } of COPIED_TABLES) {
    if ((await all(`SELECT 1 FROM ${name} LIMIT 1`)).length > 0) {
      throw new HeadroomError('STORAGE_NOT_EMPTY', { file, table: name });
    }
  }
}

function* batches(source: Database, { name, columns, key }: CopiedTable): Generator<readonly Row[]> {
  let batch: Row[] = [];
  for (const row of source.iterate(`SELECT ${columns.join(', ')} FROM ${name} ORDER BY ${key.join(', ')}`)) {
    batch.push(row);
    if (batch.length === BATCH) {
      yield batch;
      batch = [];
    }
  }
  if (batch.length > 0) {
    yield batch;
  }
}

async function insert({ run }: Transaction, { name, columns }: CopiedTable, batch: readonly Row[]): Promise<void> {
  const places = batch.map(
    (_, row) => `(${columns.map((__, column) => `$${String(row * columns.length + column + 1)}`).join(', ')})`
  );
  const values = batch.flatMap((row) =>
    columns.map((column) => {
      const value = row[column];
      return value instanceof Uint8Array ? Buffer.from(value) : value;
    })
  );
  await run(`INSERT INTO ${name} (${columns.join(', ')}) VALUES ${places.join(', ')}`, ...values);
}

async function* readBack(
  { all, run }: Transaction,
  { name, columns, key }: CopiedTable
): AsyncGenerator<readonly Row[]> {
  await run(`DECLARE read_back CURSOR FOR SELECT ${columns.join(', ')} FROM ${name} ORDER BY ${key.join(', ')}`);
  for (;;) {
    const batch = await all(`FETCH ${String(BATCH)} FROM read_back`);
    if (batch.length === 0) {
      break;
    }
    yield batch;
  }
  await run('CLOSE read_back');
}

async function* decisionsOf(target: Transaction): AsyncGenerator {
  const table = COPIED_TABLES.find(({ name }) => name === 'decision')!;
  for await (const batch of readBack(target, table)) {
    yield* batch.map((row) => recordOfRow(row as Readonly<Record<keyof DecisionRow, unknown>>));
  }
}
