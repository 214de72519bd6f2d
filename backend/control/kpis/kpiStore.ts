import { z } from 'zod';
import { periodEnd, periodStart, type KpiDay } from '../../learning/index.ts';
import type { Storage } from '../../storage/index.ts';

/** So many days, and the month they lie in, are kept. */
const KEPT_SECONDS = 400 * 86_400;
const PREFIX = 'kpi/';

const runSchema = z.object({ replicaHours: z.number(), violationMinutes: z.number() });
const daySchema = z.object({
  workload: z.string(),
  account: z.string(),
  tier: z.string(),
  daySeconds: z.number(),
  stepSeconds: z.number(),
  expectedSteps: z.number(),
  measuredSteps: z.number(),
  usedReplicaHours: z.number(),
  actual: runSchema,
  reactive: runSchema,
  seasonal: runSchema.nullable(),
  forecast: runSchema.nullable(),
  slo: z.object({ measuredSteps: z.number(), metSteps: z.number() }).nullable(),
  replicaHour: z.number().nullable(),
  violationMinute: z.number().nullable(),
  currency: z.string(),
  isActedOn: z.boolean(),
});

type KpiStorage = Pick<Storage, 'setting' | 'settings' | 'setSetting' | 'deleteSetting'>;

/** The reckoned days: one setting for each workload and month, so that a question reads no more than its months. */
export class KpiStore {
  readonly #storage: KpiStorage;

  constructor(storage: KpiStorage) {
    this.#storage = storage;
  }

  /** A workload's days of the month that a time lies in, in order; what cannot be read is reckoned anew. */
  async ofMonth(workload: string, atSeconds: number): Promise<readonly KpiDay[]> {
    return daysOf(await this.#storage.setting(`${PREFIX}${monthOf(atSeconds)}/${workload}`));
  }

  /** Adds days of one month, in the place of those that there were. */
  async add(workload: string, days: readonly KpiDay[]): Promise<void> {
    const [first] = days;
    if (first === undefined) {
      return;
    }
    const kept = new Map((await this.ofMonth(workload, first.daySeconds)).map((day) => [day.daySeconds, day]));
    for (const day of days) {
      kept.set(day.daySeconds, day);
    }
    const value = [...kept.values()].sort((a, b) => a.daySeconds - b.daySeconds);
    await this.#storage.setSetting(`${PREFIX}${monthOf(first.daySeconds)}/${workload}`, value);
  }

  /** All days that begin in [from, to), by workload and time. */
  async between(fromSeconds: number, toSeconds: number): Promise<readonly KpiDay[]> {
    const found: KpiDay[] = [];
    let month = periodStart(fromSeconds, 'month');
    while (month < toSeconds) {
      for (const value of (await this.#storage.settings(`${PREFIX}${monthOf(month)}/`)).values()) {
        found.push(...daysOf(value).filter(({ daySeconds }) => daySeconds >= fromSeconds && daySeconds < toSeconds));
      }
      month = periodEnd(month, 'month');
    }
    return found;
  }

  async prune(nowSeconds: number): Promise<void> {
    const oldest = monthOf(nowSeconds - KEPT_SECONDS);
    for (const key of (await this.#storage.settings(PREFIX)).keys()) {
      if (key.slice(PREFIX.length, PREFIX.length + oldest.length) < oldest) {
        await this.#storage.deleteSetting(key);
      }
    }
  }
}

function monthOf(atSeconds: number): string {
  return new Date(atSeconds * 1000).toISOString().slice(0, 7);
}

function daysOf(value: unknown): readonly KpiDay[] {
  return (Array.isArray(value) ? value : []).flatMap((day) => {
    const parsed = daySchema.safeParse(day);
    return parsed.success ? [parsed.data] : [];
  });
}
