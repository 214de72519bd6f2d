import type { Accuracy, Decision } from '../../../contract/index.ts';
import { periodEnd, summarizeScores, type KpiDay } from '../../learning/index.ts';
import type { Storage } from '../../storage/index.ts';
import { KpiStore } from './kpiStore.ts';

const MOST_DECISIONS = 1000;

/** All that the report of a month is made of. */
export interface ReportMaterial {
  readonly startSeconds: number;
  /** The first instant that is not in it. */
  readonly endSeconds: number;
  readonly madeAtSeconds: number;
  readonly days: readonly KpiDay[];
  /** Newest first. */
  readonly decisions: readonly Decision[];
  /** Only the newest of them are there. */
  readonly isCut: boolean;
  readonly accuracy: ReadonlyArray<Accuracy & { readonly workload: string }>;
}

type ReportStorage = Pick<Storage, 'setting' | 'settings' | 'setSetting' | 'deleteSetting' | 'decisions' | 'scores'>;

/** Reads what there is of the month that begins at `startSeconds`, all from the storage. */
export async function gatherReport(
  storage: ReportStorage,
  startSeconds: number,
  nowSeconds: number
): Promise<ReportMaterial> {
  const endSeconds = periodEnd(startSeconds, 'month');
  const days = await new KpiStore(storage).between(startSeconds, endSeconds);
  const found = await storage.decisions({
    fromSeconds: startSeconds,
    toSeconds: endSeconds - 1e-3,
    limit: MOST_DECISIONS + 1,
  });
  const accuracy: Array<Accuracy & { readonly workload: string }> = [];
  for (const workload of [...new Set(days.map((day) => day.workload))].sort()) {
    const rows = (await storage.scores(workload, startSeconds)).filter(({ daySeconds }) => daySeconds < endSeconds);
    accuracy.push(...summarizeScores(rows).map((each) => ({ ...each, workload })));
  }
  return {
    startSeconds,
    endSeconds,
    madeAtSeconds: nowSeconds,
    days,
    decisions: found.slice(0, MOST_DECISIONS),
    isCut: found.length > MOST_DECISIONS,
    accuracy,
  };
}
