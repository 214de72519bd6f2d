import type { Reason, Recommendation } from '../../contract/index.ts';
import { timeAt, type TimeGrid } from '../timeseries/index.ts';
import { instantWords, quantityWords, replicaWords, spanWords } from './words.ts';

/** What a change of the replicas is told from. */
export interface PlannedChange {
  readonly current: number;
  readonly grid: TimeGrid;
  /** `[step]` */
  readonly asked: ArrayLike<number> & Iterable<number>;
  readonly leadTimeSeconds: number;
  readonly currency: string;
  readonly hasViolationPrice: boolean;
  readonly expected: Recommendation['expected'];
}

/** From when on how many more are needed, and when to ask for them. */
export function raiseReason({ current, grid, asked, leadTimeSeconds }: PlannedChange): Reason {
  const counts = [...asked];
  const peak = Math.max(...counts);
  const at = timeAt(
    grid,
    counts.findIndex((count) => count > current)
  );
  const peakAt = timeAt(grid, counts.indexOf(peak));
  const most = peakAt === at ? `: ${String(peak)}` : `, and ${String(peak)} by ${instantWords(peakAt)}`;
  return {
    code: 'raise',
    text: `More than the ${replicaWords(current)} of now are needed from ${instantWords(at)} on${most}; a replica takes ${spanWords(leadTimeSeconds)} to serve, so each is asked for that much earlier`,
    values: { current, at, peak, peakAt, askBy: at - leadTimeSeconds },
  };
}

/** Why nothing is given up where less would keep the risk; nothing to say where it would not. */
export function holdReason({ current, asked, expected, currency }: PlannedChange): Reason[] {
  const peak = Math.max(...asked);
  const [keeping, lowering] = [expected.current?.cost ?? null, expected.proposed.cost];
  if (peak >= current || keeping === null || lowering === null) {
    return [];
  }
  const extra = lowering - keeping;
  return [
    {
      code: 'hold-is-cheaper',
      text: `A floor of ${replicaWords(peak)} would keep the accepted risk, but with its expected shortfalls it costs ${quantityWords(extra, currency)} more than holding ${replicaWords(current)}`,
      values: { current, peak, extra },
    },
  ];
}

/** What is committed, reserved and left to burst now. */
export function tiersReason(
  split: { readonly committed: number; readonly reserved: number; readonly burst: number },
  levels?: { readonly committed: string; readonly burst: string }
): Reason {
  const committed = levels === undefined ? '' : ` (the ${levels.committed} quantile of need)`;
  const burst = levels === undefined ? '' : ` (to the ${levels.burst} quantile)`;
  return {
    code: 'tiers',
    text: `Now ${String(split.committed)} committed${committed}, ${String(split.reserved)} reserved up to what the risk asks for, ${String(split.burst)} burst on top${burst}`,
    values: { ...split },
  };
}

/** Both costs over the horizon, and what the plan saves. */
export function costReason({ expected, currency, hasViolationPrice }: PlannedChange): Reason[] {
  const [current, proposed] = [expected.current?.cost ?? null, expected.proposed.cost];
  if (current === null || proposed === null) {
    return [];
  }
  const saved = current - proposed;
  const balance =
    saved >= 0 ? `saves ${quantityWords(saved, currency)}` : `costs ${quantityWords(-saved, currency)} more`;
  return [
    {
      code: 'cost',
      text: `Doing nothing costs ${quantityWords(current, currency)} over the horizon, the plan ${quantityWords(proposed, currency)}${hasViolationPrice ? ', expected violations included' : ''}: it ${balance}`,
      values: { current, proposed, saved },
    },
  ];
}
