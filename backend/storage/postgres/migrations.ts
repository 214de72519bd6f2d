import { FIRST_PREVIOUS_HASH } from '../audit/decisionHash.ts';
import type { Migration } from '../migration.ts';
import { chainDecisions } from './chainDecisions.ts';
import type { Transaction } from './postgresDatabase.ts';

export type PostgresMigration = Migration<(transaction: Transaction, file: string) => Promise<void>>;

/**
 * The schema, step by step from version 1 on, without a gap. A step that has been released never changes: add one.
 *
 * Times are epoch seconds; `body` is what the codecs write, the columns beside it are what is searched by. Texts are
 * ordered by their bytes, bodies are text and not jsonb, which would refuse what JSON may hold (\u0000).
 */
export const MIGRATIONS: readonly PostgresMigration[] = [
  {
    version: 1,
    name: 'outlooks, recommendations, decisions, scores, settings',
    sql: `
      CREATE DOMAIN measure AS double precision CHECK (VALUE <> 'NaN');
      CREATE DOMAIN name_text AS text COLLATE "C";

      CREATE TABLE outlook (
        id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        workload name_text NOT NULL,
        issued_at measure NOT NULL,
        lead_seconds measure NOT NULL,
        cutoff_at measure NOT NULL,
        start_at measure NOT NULL,
        step_seconds measure NOT NULL,
        length integer NOT NULL,
        end_at measure NOT NULL,           -- its last instant
        answers_until measure,             -- where the next outlook takes over; NULL: it is the latest
        is_hourly integer NOT NULL,        -- first of its hour: stays whole until its horizon has passed
        is_whole integer NOT NULL,
        body bytea NOT NULL,
        UNIQUE (workload, issued_at)
      );
      -- Deflated already.
      ALTER TABLE outlook ALTER COLUMN body SET STORAGE EXTERNAL;
      CREATE INDEX outlook_by_end ON outlook (workload, end_at, start_at);
      CREATE INDEX outlook_by_age ON outlook (end_at);
      CREATE INDEX outlook_whole ON outlook (end_at) WHERE is_whole = 1 AND answers_until IS NOT NULL;

      CREATE TABLE recommendation (
        id name_text PRIMARY KEY,
        workload name_text NOT NULL,
        state text NOT NULL,
        created_at measure NOT NULL,
        expires_at measure NOT NULL,
        body text NOT NULL
      );
      CREATE INDEX recommendation_by_creation ON recommendation (created_at DESC, id DESC);
      CREATE INDEX recommendation_by_workload ON recommendation (workload, created_at DESC, id DESC);
      CREATE INDEX recommendation_by_expiry ON recommendation (expires_at);

      CREATE TABLE decision (
        sequence bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        id name_text NOT NULL UNIQUE,
        at measure NOT NULL,
        workload name_text,
        body text NOT NULL
      );
      CREATE INDEX decision_by_time ON decision (at DESC, sequence DESC);
      CREATE INDEX decision_by_workload ON decision (workload, at DESC, sequence DESC);
      CREATE FUNCTION decision_stays() RETURNS trigger LANGUAGE plpgsql AS
        $$ BEGIN RAISE EXCEPTION 'decisions are append-only'; END $$;
      CREATE TRIGGER decision_stays BEFORE UPDATE OR DELETE OR TRUNCATE ON decision
        FOR EACH STATEMENT EXECUTE FUNCTION decision_stays();
      REVOKE UPDATE, DELETE, TRUNCATE ON decision FROM PUBLIC, CURRENT_USER;

      CREATE TABLE scoring (
        workload name_text PRIMARY KEY,
        scored_until measure NOT NULL
      );
      CREATE TABLE score (
        workload name_text NOT NULL REFERENCES scoring ON DELETE CASCADE,
        series name_text NOT NULL,
        model name_text NOT NULL,
        lead name_text NOT NULL,
        day_at measure NOT NULL,
        truths bigint NOT NULL,
        sum_crps measure NOT NULL,
        sum_absolute_error measure NOT NULL,
        sum_scale measure NOT NULL,
        sum_absolute_actual measure NOT NULL,
        inside_80 bigint NOT NULL,
        inside_95 bigint NOT NULL,
        PRIMARY KEY (workload, day_at, series, model, lead)
      );
      CREATE INDEX score_by_day ON score (day_at);

      CREATE TABLE setting (
        key name_text PRIMARY KEY,
        value text NOT NULL
      );
    `,
  },
  {
    version: 2,
    name: 'leases',
    sql: `
      CREATE TABLE lease (
        name name_text PRIMARY KEY,
        holder name_text,                  -- NULL: released
        token bigint NOT NULL,
        expires_at measure NOT NULL
      );
      CREATE FUNCTION lease_stays() RETURNS trigger LANGUAGE plpgsql AS
        $$ BEGIN RAISE EXCEPTION 'leases stay, so that no token comes twice'; END $$;
      CREATE TRIGGER lease_stays BEFORE DELETE OR TRUNCATE ON lease
        FOR EACH STATEMENT EXECUTE FUNCTION lease_stays();
      CREATE FUNCTION lease_ascends() RETURNS trigger LANGUAGE plpgsql AS
        $$ BEGIN RAISE EXCEPTION 'the token of a lease never falls'; END $$;
      CREATE TRIGGER lease_ascends BEFORE UPDATE ON lease
        FOR EACH ROW WHEN (new.token < old.token OR new.name <> old.name) EXECUTE FUNCTION lease_ascends();
    `,
  },
  {
    version: 3,
    name: 'decisions as a chain',
    sql: `
      DROP TRIGGER decision_stays ON decision;
      DROP INDEX decision_by_time;
      DROP INDEX decision_by_workload;
      ALTER TABLE decision RENAME TO decision_unchained;
      ALTER TABLE decision_unchained RENAME CONSTRAINT decision_pkey TO decision_unchained_pkey;
      ALTER TABLE decision_unchained RENAME CONSTRAINT decision_id_key TO decision_unchained_id_key;
      CREATE TABLE decision (
        sequence bigint PRIMARY KEY,       -- from 1 without a gap
        id name_text NOT NULL UNIQUE,
        at measure NOT NULL,
        workload name_text,
        body text NOT NULL,
        previous_hash text NOT NULL,
        hash text NOT NULL UNIQUE
      );
      CREATE INDEX decision_by_workload ON decision (workload, sequence DESC);
      CREATE TRIGGER decision_stays BEFORE UPDATE OR DELETE OR TRUNCATE ON decision
        FOR EACH STATEMENT EXECUTE FUNCTION decision_stays();
      CREATE FUNCTION decision_follows() RETURNS trigger LANGUAGE plpgsql AS $$
        DECLARE last record;
        BEGIN
          EXECUTE format('SELECT sequence, hash FROM %I.decision ORDER BY sequence DESC LIMIT 1', TG_TABLE_SCHEMA)
            INTO last;
          IF new.sequence <> coalesce(last.sequence, 0) + 1
            OR new.previous_hash <> coalesce(last.hash, '${FIRST_PREVIOUS_HASH}') THEN
            RAISE EXCEPTION 'decisions are append-only, each after the last';
          END IF;
          RETURN new;
        END $$;
      CREATE TRIGGER decision_follows BEFORE INSERT ON decision
        FOR EACH ROW EXECUTE FUNCTION decision_follows();
      REVOKE UPDATE, DELETE, TRUNCATE ON decision FROM PUBLIC, CURRENT_USER;
    `,
    fill: chainDecisions,
  },
  {
    version: 4,
    name: 'the 90 % band of live scores',
    // NULL where sums are older than this column: what is not known is not zero.
    sql: 'ALTER TABLE score ADD COLUMN inside_90 bigint;',
  },
];
