import type { Decision, NewDecision, Recommendation } from '../../../contract/index.ts';
import type { Outlook } from '../../allocation/index.ts';
import { RETENTION_SECONDS } from '../retention.ts';
import type { Lease, LeaseAsk, LeaseGrant } from '../lease.ts';
import type { DecisionFilter, RecommendationFilter, ScoreRow, Storage } from '../storage.ts';
import { DecisionTable } from './decisionTable.ts';
import { LeaseTable } from './leaseTable.ts';
import { OutlookTable } from './outlookTable.ts';
import type { PostgresDatabase } from './postgresDatabase.ts';
import { RecommendationTable } from './recommendationTable.ts';
import { ScoreTable } from './scoreTable.ts';
import { SettingTable } from './settingTable.ts';

/** What Headroom keeps, in one schema of a PostgreSQL database; `prune` alone is more than one transaction. */
export class PostgresStorage implements Storage {
  readonly kind = 'postgresql';
  readonly #database: PostgresDatabase;
  readonly #outlooks: OutlookTable;
  readonly #recommendations: RecommendationTable;
  readonly #decisions: DecisionTable;
  readonly #scores: ScoreTable;
  readonly #settings: SettingTable;
  readonly #leases: LeaseTable;

  constructor(database: PostgresDatabase) {
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
    return this.#outlooks.latest(workload);
  }

  outlooks(workload: string, fromSeconds: number, toSeconds: number): Promise<readonly Outlook[]> {
    return this.#outlooks.between(workload, fromSeconds, toSeconds);
  }

  wholeOutlooks(workload: string, fromSeconds: number, toSeconds: number): Promise<readonly Outlook[]> {
    return this.#outlooks.whole(workload, fromSeconds, toSeconds);
  }

  forgetOutlooks(workload: string, endedBeforeSeconds: number): Promise<void> {
    return this.#outlooks.forgetBefore(workload, endedBeforeSeconds);
  }

  saveRecommendation(recommendation: Recommendation): Promise<void> {
    return this.#recommendations.save(recommendation);
  }

  recommendation(id: string): Promise<Recommendation | undefined> {
    return this.#recommendations.byId(id);
  }

  recommendations(filter: RecommendationFilter): Promise<readonly Recommendation[]> {
    return this.#recommendations.list(filter);
  }

  appendDecision(decision: NewDecision): Promise<Decision> {
    return this.#decisions.append(decision);
  }

  decision(id: string): Promise<Decision | undefined> {
    return this.#decisions.byId(id);
  }

  decisions(filter: DecisionFilter): Promise<readonly Decision[]> {
    return this.#decisions.list(filter);
  }

  decisionRecords(afterSeq: number, limit: number): Promise<ReadonlyArray<Readonly<Record<string, unknown>>>> {
    return this.#decisions.records(afterSeq, limit);
  }

  addScores(workload: string, rows: readonly ScoreRow[], scoredUntilSeconds: number): Promise<void> {
    return this.#scores.add(workload, rows, scoredUntilSeconds);
  }

  scores(workload: string, fromDaySeconds: number): Promise<readonly ScoreRow[]> {
    return this.#scores.list(workload, fromDaySeconds);
  }

  scoredUntil(workload: string): Promise<number | undefined> {
    return this.#scores.scoredUntil(workload);
  }

  setting(key: string): Promise<unknown> {
    return this.#settings.get(key);
  }

  setSetting(key: string, value: unknown): Promise<void> {
    return this.#settings.set(key, value);
  }

  deleteSetting(key: string): Promise<void> {
    return this.#settings.delete(key);
  }

  settings(prefix: string): Promise<ReadonlyMap<string, unknown>> {
    return this.#settings.withPrefix(prefix);
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
    await this.#database.write(async (transaction) => {
      await this.#scores.deleteBefore(transaction, oldest);
      await this.#recommendations.deleteExpiredBefore(transaction, oldest);
    });
  }

  async forgetWorkload(workload: string): Promise<void> {
    await this.#database.write(async (transaction) => {
      await this.#outlooks.forget(transaction, workload);
      await this.#recommendations.forget(transaction, workload);
      await this.#scores.forget(transaction, workload);
    });
  }

  close(): Promise<void> {
    return this.#database.close();
  }
}
