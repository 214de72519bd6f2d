import type { Decision, NewDecision, Recommendation } from '../../../contract/index.ts';
import type { Outlook } from '../../allocation/index.ts';
import { RETENTION_SECONDS } from '../retention.ts';
import type { Lease, LeaseAsk, LeaseGrant } from '../lease.ts';
import type { DecisionFilter, RecommendationFilter, ScoreRow, Storage } from '../storage.ts';
import type { Database } from './database.ts';
import { DecisionTable } from './decisionTable.ts';
import { LeaseTable } from './leaseTable.ts';
import { OutlookTable } from './outlookTable.ts';
import { RecommendationTable } from './recommendationTable.ts';
import { ScoreTable } from './scoreTable.ts';
import { SettingTable } from './settingTable.ts';

/**
 * What Headroom keeps, in one SQLite database.
 *
 * `prune` alone is more than one transaction, so that it never holds up the process for long: cut short, it has done a
 * part, and the next time does the rest.
 */
export class SqliteStorage implements Storage {
  readonly kind: string;
  readonly #database: Database;
  readonly #outlooks: OutlookTable;
  readonly #recommendations: RecommendationTable;
  readonly #decisions: DecisionTable;
  readonly #scores: ScoreTable;
  readonly #settings: SettingTable;
  readonly #leases: LeaseTable;

  constructor(database: Database) {
    this.kind = database.file === ':memory:' ? 'memory' : 'sqlite';
    this.#database = database;
    this.#outlooks = new OutlookTable(database);
    this.#recommendations = new RecommendationTable(database);
    this.#decisions = new DecisionTable(database);
    this.#scores = new ScoreTable(database);
    this.#settings = new SettingTable(database);
    this.#leases = new LeaseTable(database);
  }

  saveOutlook(outlook: Outlook, leadTimeSeconds: number): Promise<void> {
    return this.#outlooks.save(outlook, leadTimeSeconds);
  }

  latestOutlook(workload: string): Promise<Outlook | undefined> {
    return settled(() => this.#outlooks.latest(workload));
  }

  outlooks(workload: string, fromSeconds: number, toSeconds: number): Promise<readonly Outlook[]> {
    return settled(() => this.#outlooks.between(workload, fromSeconds, toSeconds));
  }

  wholeOutlooks(workload: string, fromSeconds: number, toSeconds: number): Promise<readonly Outlook[]> {
    return settled(() => this.#outlooks.whole(workload, fromSeconds, toSeconds));
  }

  forgetOutlooks(workload: string, endedBeforeSeconds: number): Promise<void> {
    return this.#outlooks.forgetBefore(workload, endedBeforeSeconds);
  }

  saveRecommendation(recommendation: Recommendation): Promise<void> {
    return settled(() => this.#recommendations.save(recommendation));
  }

  recommendation(id: string): Promise<Recommendation | undefined> {
    return settled(() => this.#recommendations.byId(id));
  }

  recommendations(filter: RecommendationFilter): Promise<readonly Recommendation[]> {
    return settled(() => this.#recommendations.list(filter));
  }

  appendDecision(decision: NewDecision): Promise<Decision> {
    return settled(() => this.#decisions.append(decision));
  }

  decision(id: string): Promise<Decision | undefined> {
    return settled(() => this.#decisions.byId(id));
  }

  decisions(filter: DecisionFilter): Promise<readonly Decision[]> {
    return settled(() => this.#decisions.list(filter));
  }

  decisionRecords(afterSeq: number, limit: number): Promise<ReadonlyArray<Readonly<Record<string, unknown>>>> {
    return settled(() => this.#decisions.records(afterSeq, limit));
  }

  addScores(workload: string, rows: readonly ScoreRow[], scoredUntilSeconds: number): Promise<void> {
    return settled(() => this.#scores.add(workload, rows, scoredUntilSeconds));
  }

  scores(workload: string, fromDaySeconds: number): Promise<readonly ScoreRow[]> {
    return settled(() => this.#scores.list(workload, fromDaySeconds));
  }

  scoredUntil(workload: string): Promise<number | undefined> {
    return settled(() => this.#scores.scoredUntil(workload));
  }

  setting(key: string): Promise<unknown> {
    return settled(() => this.#settings.get(key));
  }

  setSetting(key: string, value: unknown): Promise<void> {
    return this.#settings.set(key, value);
  }

  deleteSetting(key: string): Promise<void> {
    return this.#settings.delete(key);
  }

  settings(prefix: string): Promise<ReadonlyMap<string, unknown>> {
    return settled(() => this.#settings.withPrefix(prefix));
  }

  acquireLease(ask: LeaseAsk): Promise<Lease> {
    return this.#leases.acquire(ask);
  }

  renewLease(ask: LeaseAsk & LeaseGrant): Promise<Lease> {
    return this.#leases.renew(ask);
  }

  releaseLease(grant: LeaseGrant): Promise<void> {
    return this.#leases.release(grant);
  }

  async prune(nowSeconds: number): Promise<void> {
    const oldest = nowSeconds - RETENTION_SECONDS;
    await this.#outlooks.prune(nowSeconds, oldest);
    await this.#database.write(() => {
      this.#scores.deleteBefore(oldest);
      this.#recommendations.deleteExpiredBefore(oldest);
    });
  }

  forgetWorkload(workload: string): Promise<void> {
    return this.#database.write(() => {
      this.#outlooks.forget(workload);
      this.#recommendations.forget(workload);
      this.#scores.forget(workload);
    });
  }

  close(): Promise<void> {
    return settled(() => {
      this.#database.close();
    });
  }
}

/** The database answers at once; what it throws becomes a rejection. */
function settled<T>(work: () => T | Promise<T>): Promise<T> {
  return new Promise((resolve) => {
    resolve(work());
  });
}
