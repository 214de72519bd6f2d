import type { WorkloadConfig } from '../../config/index.ts';
import type { Acting } from './acting.ts';
import type { LastAction, LastActions } from './lastActions.ts';

/** How acting on a workload stands, for whoever shows the workload. */
export interface ScalingStand {
  readonly isModeLocked: boolean;
  readonly hasTarget: boolean;
  /** Its own pause and that of all together; `reason` is empty where nothing is paused. */
  readonly paused: { readonly out: boolean; readonly in: boolean; readonly reason: string };
  /** What the target said last; absent while it was not read. */
  readonly floor?: { readonly set: number; readonly original: number; readonly isHeld: boolean };
  /** Why the target cannot be made, read or changed. */
  readonly problem?: string;
  /** What was decided last, and the code of the first reason. */
  readonly decision?: { readonly kind: string; readonly reason: string };
  readonly lastAction?: LastAction;
}

/** Where it stands now. */
export function scalingStand(acting: Acting, lastActions: LastActions, config: WorkloadConfig): ScalingStand {
  const { name, scaling } = config;
  const { state, decision, problem = acting.problemOf(name) } = acting.view(name) ?? {};
  const { out, in: inward, reason } = acting.consent.pauseOf(name);
  const lastAction = lastActions.of(name);
  return {
    isModeLocked: scaling.isModeLocked,
    hasTarget: scaling.target !== undefined,
    paused: { out, in: inward, reason },
    ...(state === undefined
      ? {}
      : { floor: { set: state.setting.floor, original: state.original.floor, isHeld: state.isHeld } }),
    ...(problem === undefined ? {} : { problem }),
    ...(decision === undefined
      ? {}
      : { decision: { kind: decision.kind, reason: decision.reasons[0]?.code ?? 'unknown' } }),
    ...(lastAction === undefined ? {} : { lastAction }),
  };
}
