import type { ScalingResponse } from '../../../../contract/index.ts';
import type { Acting, WorkloadView } from '../../../control/index.ts';

/** How acting on a workload stands, as `GET /workloads/{name}/scaling` tells it. */
export function scalingOf(acting: Acting, { config }: WorkloadView, now: number): ScalingResponse {
  const view = acting.view(config.name);
  const { leadership } = acting;
  const { state, decision, decidedAt, approval } = view ?? {};
  return {
    now,
    workload: config.name,
    mode: acting.consent.modeOf(config),
    isModeLocked: config.scaling.isModeLocked,
    target: view === undefined ? null : { ...view.target },
    state:
      state === undefined
        ? null
        : {
            setting: { ...state.setting },
            original: { ...state.original },
            isHeld: state.isHeld,
            ceiling: state.ceiling ?? null,
            replicas: state.replicas ?? null,
            conflicts: [...state.conflicts],
          },
    decision:
      decision === undefined || decidedAt === undefined
        ? null
        : {
            at: decidedAt,
            kind: decision.kind,
            set: decision.kind === 'change' ? { ...decision.set } : null,
            reasons: [...decision.reasons],
          },
    problem: view?.problem ?? acting.problemOf(config.name) ?? null,
    restsUntil: view?.restsUntil ?? null,
    isUnsure: view?.isUnsure ?? false,
    isWatching: view?.isWatching ?? false,
    approved:
      approval === undefined
        ? null
        : {
            recommendation: approval.recommendation,
            who: approval.who,
            at: approval.at,
            until: approval.until,
          },
    acting: { kind: leadership.kind, holder: leadership.kind === 'waiting' ? leadership.holder : null },
  };
}
