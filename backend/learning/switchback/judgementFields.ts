import type { Experiment } from '../../../contract/index.ts';
import { finiteOrNull } from './finiteOrNull.ts';
import type { SwitchbackJudgement } from './judgeSwitchback.ts';

/** A judgement as the API and the command tell it; null where something is not known yet. */
export function judgementFields({
  looks,
  lower,
  means,
  carryOver,
  missingShare,
}: SwitchbackJudgement): Pick<Experiment, 'looks' | 'lower' | 'means' | 'carryOver' | 'missingShare'> {
  return {
    looks: looks.map(({ atSeconds, interval, bound }) => ({
      at: atSeconds,
      pairs: interval?.pairs ?? 0,
      effect: finiteOrNull(interval?.effect),
      low: finiteOrNull(interval?.low),
      high: finiteOrNull(interval?.high),
      bound: finiteOrNull(bound),
    })),
    lower: lower ?? null,
    means: means ?? null,
    carryOver: carryOver ?? null,
    missingShare,
  };
}
