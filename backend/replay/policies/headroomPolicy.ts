import { replicaStack, stackFloor, type RowNeed } from '../../scaling/index.ts';
import type { Series } from '../../timeseries/index.ts';
import { needOf } from '../needOf.ts';
import type { NearFloors } from '../nearFloors.ts';
import type { ReplayPolicy } from '../replayPolicy.ts';
import type { ReplayService } from '../replayService.ts';
import { hpaPolicy } from './hpaPolicy.ts';

const NOISE = 1e-9;

/** What an instance of Headroom's policy stands on. */
export interface HeadroomSetting {
  readonly floors: Pick<NearFloors, 'at'>;
  /** The index of its risk. */
  readonly risk: number;
  /** The target of the HPA above the floor. */
  readonly targetUtilization: number;
  readonly outset: number;
}

/**
 * The forecast's floor below a reactive HPA.
 *
 * The floor moves when a row begins or becomes known, and when a row's last chance to be reached comes; between them there
 * is nothing new to decide on. The first decision finds its replicas ready, as every policy's does.
 */
export function headroomPolicy(
  trace: Series,
  service: ReplayService,
  { floors, risk, targetUtilization, outset }: HeadroomSetting
): ReplayPolicy {
  const { stepSeconds, length } = trace.grid;
  const { startSeconds, hpa } = service;
  const rowFrom = (seconds: number): number => Math.ceil((seconds - trace.grid.startSeconds) / stepSeconds - NOISE);
  let stack = replicaStack(startSeconds, outset);
  let floor = service.min;
  let isFirst = true;
  let lastKnown = 0;
  const reactive = hpaPolicy(trace.values, service, targetUtilization, outset, () => floor);
  const needAt = (row: number, known: number): number =>
    row < known ? needOf(trace.values[row]!, service) : floors.at(known, row - known + 1, risk);
  return {
    decide(moment) {
      const { nowSeconds, known } = moment;
      const present = rowFrom(nowSeconds + NOISE * stepSeconds + 1e-6) - 1;
      const next = rowFrom(nowSeconds + startSeconds + hpa.syncSeconds);
      const begins = rowFrom(nowSeconds + 1e-6) !== rowFrom(nowSeconds - hpa.syncSeconds + 1e-6);
      const isLastChance = next > rowFrom(nowSeconds + startSeconds);
      if (isFirst || begins || isLastChance || known !== lastKnown) {
        lastKnown = known;
        const rows: RowNeed[] = [];
        for (let row = Math.max(0, present); row < Math.max(present + 1, next) && row < length; row++) {
          rows.push({ startSeconds: trace.grid.startSeconds + row * stepSeconds, replicas: needAt(row, known) });
        }
        if (!isLastChance && next < length) {
          const replicas = Math.min(stack.desired, needAt(next, known));
          rows.push({ startSeconds: trace.grid.startSeconds + next * stepSeconds, replicas });
        }
        floor = isFirst
          ? rows.reduce((most, { replicas }) => Math.max(most, replicas), service.min)
          : stackFloor(rows, nowSeconds, startSeconds, stack);
      }
      const decided = reactive.decide(moment);
      if (isFirst) {
        stack = replicaStack(startSeconds, decided);
        isFirst = false;
      }
      stack.decide(nowSeconds, decided);
      return decided;
    },
  };
}
