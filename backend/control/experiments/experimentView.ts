import type { Experiment } from '../../../contract/index.ts';
import {
  designSwitchback,
  judgementFields,
  judgeSwitchback,
  OUTCOME_NAMES,
  switchbackWords,
  windowAt,
  type SwitchbackDesign,
  type SwitchbackJudgement,
} from '../../learning/index.ts';
import { armWords } from './armSetting.ts';
import type { ExperimentRecord } from './experimentRecord.ts';

/** What a test says by the windows that are kept, until `nowSeconds` or its end. */
export function judgeRecord(
  { plan, windows, endedAt }: ExperimentRecord,
  nowSeconds: number
): { readonly design: SwitchbackDesign; readonly judgement: SwitchbackJudgement } {
  const design = designSwitchback(plan);
  const part = (name: 'whole' | 'early' | 'late'): Float64Array =>
    Float64Array.from(design.arms, (_, window) => {
      const kept = windows[window];
      return kept === undefined || kept.void !== null ? Number.NaN : (kept[name] ?? Number.NaN);
    });
  // A look waits for the windows that it is about.
  const recorded = plan.startSeconds + windows.length * plan.windowSeconds;
  const until = Math.min(nowSeconds, endedAt ?? nowSeconds, recorded);
  const outcomes = { whole: part('whole'), early: part('early'), late: part('late') };
  return { design, judgement: judgeSwitchback(design, outcomes, until) };
}

/** A test as the API shows it. */
export function experimentView(record: ExperimentRecord, nowSeconds: number): Experiment {
  const { design, judgement } = judgeRecord(record, nowSeconds);
  const { plan, arms, state } = record;
  const isRunning = state === 'running';
  return {
    ...{ id: record.id, workload: record.workload, state, who: record.who, reason: record.reason },
    createdAt: record.createdAt,
    startsAt: plan.startSeconds,
    endsAt: design.endSeconds,
    endedAt: record.endedAt,
    endedBecause: record.endedBecause,
    arms,
    ...{ outcome: record.outcome, unit: record.unit, seed: plan.seed, blocks: plan.blockCount },
    ...{ windowSeconds: plan.windowSeconds, burnInSeconds: plan.burnInSeconds, periodSeconds: plan.periodSeconds },
    guard: { violationShare: record.worstShare },
    planned: record.power,
    present: isRunning ? (windowAt(design, nowSeconds)?.arm ?? null) : null,
    schedule: [...design.arms],
    windows: record.windows.map(({ whole, violationShare, void: why }, index) => ({
      start: plan.startSeconds + index * plan.windowSeconds,
      arm: design.arms[index]!,
      value: whole,
      violationShare,
      void: why,
    })),
    ...judgementFields(judgement),
    verdict: switchbackWords({
      judgement,
      arms: { a: armWords(arms.a), b: armWords(arms.b) },
      outcome: OUTCOME_NAMES[record.outcome],
      unit: record.unit,
      ...(state === 'stopped' || state === 'harmful' ? { stopped: record.endedBecause ?? 'It was stopped.' } : {}),
    }),
  };
}
