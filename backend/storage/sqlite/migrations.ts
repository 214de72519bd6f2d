import type { DatabaseSync } from 'node:sqlite';
import { FIRST_PREVIOUS_HASH } from '../audit/decisionHash.ts';
import type { Migration } from '../migration.ts';
import { chainDecisions } from './chainDecisions.ts';

export type SqliteMigration = Migration<(sqlite: DatabaseSync, file: string) => void>;

/**
 * The schema, step by step from version 1 on, without a gap. A step that has been released never changes: add one.
 *
 * Times are epoch seconds; `body` is what the codecs write, the columns beside it are what is searched by.
 */
export const MIGRATIONS: readonly SqliteMigration[] = [
  {
    version: 1,
    name: 'outlooks, recommendations, decisions, scores, settings',
    sql: `
      CREATE TABLE outlook (
        id INTEGER PRIMARY KEY,
        workload TEXT NOT NULL,
        issued_at REAL NOT NULL,
        lead_seconds REAL NOT NULL,
        cutoff_at REAL NOT NULL,
        start_at REAL NOT NULL,
        step_seconds REAL NOT NULL,
        length INTEGER NOT NULL,
        end_at REAL NOT NULL,           -- its last instant
        answers_until REAL,             -- where the next outlook takes over; NULL: it is the latest
        is_hourly INTEGER NOT NULL,     -- first of its hour: stays whole until its horizon has passed
        is_whole INTEGER NOT NULL,
        body BLOB NOT NULL,
        UNIQUE (workload, issued_at)
      ) STRICT;
      CREATE INDEX outlook_by_end ON outlook (workload, end_at, start_at);
      CREATE INDEX outlook_by_age ON outlook (end_at);
      CREATE INDEX outlook_whole ON outlook (end_at) WHERE is_whole = 1 AND answers_until IS NOT NULL;

      CREATE TABLE recommendation (
        id TEXT PRIMARY KEY,
        workload TEXT NOT NULL,
        state TEXT NOT NULL,
        created_at REAL NOT NULL,
        expires_at REAL NOT NULL,
        body TEXT NOT NULL
      ) STRICT;
      CREATE INDEX recommendation_by_creation ON recommendation (created_at DESC);
      CREATE INDEX recommendation_by_workload ON recommendation (workload, created_at DESC);
      CREATE INDEX recommendation_by_expiry ON recommendation (expires_at);

      CREATE TABLE decision (
        sequence INTEGER PRIMARY KEY,
        id TEXT NOT NULL UNIQUE,
        at REAL NOT NULL,
        workload TEXT,
        body TEXT NOT NULL
      ) STRICT;
      CREATE INDEX decision_by_time ON decision (at DESC, sequence DESC);
      CREATE INDEX decision_by_workload ON decision (workload, at DESC, sequence DESC);
      CREATE TRIGGER decision_stays BEFORE DELETE ON decision
        BEGIN SELECT RAISE(ABORT, 'decisions are append-only'); END;
      CREATE TRIGGER decision_holds BEFORE UPDATE ON decision
        BEGIN SELECT RAISE(ABORT, 'decisions are append-only'); END;

      CREATE TABLE scoring (
        workload TEXT PRIMARY KEY,
        scored_until REAL NOT NULL
      ) STRICT, WITHOUT ROWID;
      CREATE TABLE score (
        workload TEXT NOT NULL REFERENCES scoring ON DELETE CASCADE,
        series TEXT NOT NULL,
        model TEXT NOT NULL,
        lead TEXT NOT NULL,
        day_at REAL NOT NULL,
        truths INTEGER NOT NULL,
        sum_crps REAL NOT NULL,
        sum_absolute_error REAL NOT NULL,
        sum_scale REAL NOT NULL,
        sum_absolute_actual REAL NOT NULL,
        inside_80 INTEGER NOT NULL,
        inside_95 INTEGER NOT NULL,
        PRIMARY KEY (workload, day_at, series, model, lead)
      ) STRICT, WITHOUT ROWID;
      CREATE INDEX score_by_day ON score (day_at);

      CREATE TABLE setting (
        key TEXT PRIMARY KEY,
        value TEXT NOT NULL
      ) STRICT, WITHOUT ROWID;
    `,
  },
  {
    version: 2,
    name: 'leases',
    sql: `
      CREATE TABLE lease (
        name TEXT PRIMARY KEY,
        holder TEXT,                    -- NULL: released
        token INTEGER NOT NULL,
        expires_at REAL NOT NULL
      ) STRICT, WITHOUT ROWID;
      CREATE TRIGGER lease_stays BEFORE DELETE ON lease
        BEGIN SELECT RAISE(ABORT, 'leases stay, so that no token comes twice'); END;
      CREATE TRIGGER lease_ascends BEFORE UPDATE ON lease WHEN new.token < old.token OR new.name <> old.name
        BEGIN SELECT RAISE(ABORT, 'the token of a lease never falls'); END;
    `,
  },
  {
    version: 3,
    name: 'decisions as a chain',
    sql: `
      DROP TRIGGER decision_stays;
      DROP TRIGGER decision_holds;
      DROP INDEX decision_by_time;
      DROP INDEX decision_by_workload;
      ALTER TABLE decision RENAME TO decision_unchained;
      CREATE TABLE decision (
        sequence INTEGER PRIMARY KEY,   -- from 1 without a gap
        id TEXT NOT NULL UNIQUE,
        at REAL NOT NULL,
        workload TEXT,
        body TEXT NOT NULL,
        previous_hash TEXT NOT NULL,
        hash TEXT NOT NULL UNIQUE
      ) STRICT;
      CREATE INDEX decision_by_workload ON decision (workload, sequence DESC);
      CREATE TRIGGER decision_stays BEFORE DELETE ON decision
        BEGIN SELECT RAISE(ABORT, 'decisions are append-only'); END;
      CREATE TRIGGER decision_holds BEFORE UPDATE ON decision
        BEGIN SELECT RAISE(ABORT, 'decisions are append-only'); END;
      -- INSERT OR REPLACE deletes without asking the triggers of DELETE, so that it is refused here.
      CREATE TRIGGER decision_follows BEFORE INSERT ON decision
        WHEN new.sequence IS NOT (SELECT coalesce(max(sequence), 0) + 1 FROM decision)
          OR new.previous_hash IS NOT coalesce(
            (SELECT hash FROM decision ORDER BY sequence DESC LIMIT 1), '${FIRST_PREVIOUS_HASH}')
          OR EXISTS (SELECT 1 FROM decision WHERE id = new.id OR hash = new.hash)
        BEGIN SELECT RAISE(ABORT, 'decisions are append-only, each after the last'); END;
    `,
    fill: chainDecisions,
  },
  {
    version: 4,
    name: 'the 90 % band of live scores',
    // NULL where sums are older than this column: what is not known is not zero.
    sql: 'ALTER TABLE score ADD COLUMN inside_90 INTEGER;',
  },
];
