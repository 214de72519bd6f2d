import type { NeedPaths } from './needPaths.ts';
import { needScale } from './needScale.ts';
import { stepNeed, type StepNeed } from './stepNeed.ts';

/** Replicas by tier at each step, and how many of the burst tier are expected in use. */
export interface PlanTiers {
  readonly committed: Int32Array;
  readonly reserved: Int32Array;
  readonly burst: Int32Array;
  readonly expectedBurst: Float64Array;
}

/**
 * Splits a plan's `counts`, `[step]`: committed up to the quantile `levels.committed` of need, reserved the rest of the
 * plan, burst on top up to the quantile `levels.burst`.
 *
 * Committed and burst keep one value for a block (its largest quantile), so that they do not flicker. The minimum is
 * always committed. Nothing beyond `sure`, `[step]`, is committed.
 */
export function planTiers(
  futures: readonly NeedPaths[],
  counts: Int32Array,
  blocks: Int32Array,
  limits: { readonly min: number; readonly max: number },
  levels: { readonly committed: number; readonly burst: number },
  sure: Int32Array = counts,
  needs: readonly StepNeed[] = stepNeeds(futures, limits)
): PlanTiers {
  const near = blockMaxima(
    needs.map((need) => need.quantile(levels.committed)),
    blocks
  );
  const far = blockMaxima(
    needs.map((need) => need.quantile(levels.burst)),
    blocks
  );
  const committed = counts.map((total, step) => Math.min(total, sure[step]!, near[step]!));
  const burst = counts.map((total, step) => Math.max(0, far[step]! - total));
  return {
    committed,
    reserved: counts.map((total, step) => total - committed[step]!),
    burst,
    expectedBurst: Float64Array.from(needs, (need, step) =>
      need.expectedBetween(counts[step]!, counts[step]! + burst[step]!)
    ),
  };
}

/** The distribution of need at each step: the same for every plan for the same futures. */
export function stepNeeds(
  futures: readonly NeedPaths[],
  { min, max }: { readonly min: number; readonly max: number }
): readonly StepNeed[] {
  const scale = needScale(futures, min, max);
  return Array.from({ length: futures[0]!.stepCount }, (_, step) => stepNeed(futures, step, scale, max));
}

function blockMaxima(values: readonly number[], blocks: Int32Array): readonly number[] {
  const maxima: number[] = [];
  values.forEach((value, step) => {
    const block = blocks[step]!;
    maxima[block] = Math.max(maxima[block] ?? 0, value);
  });
  return values.map((_, step) => maxima[blocks[step]!]!);
}
