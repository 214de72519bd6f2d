import type { RequestsConfig } from '../../config/index.ts';
import {
  REQUEST_KINDS,
  type Pause,
  type RequestBounds,
  type RequestKind,
  type RequestSetting,
  type RequestSituation,
} from '../../scaling/index.ts';
import { presentValue } from '../acting/presentValue.ts';
import { sloNow } from '../acting/sloNow.ts';
import type { WorkloadView } from '../fleetView.ts';

const UNITS: Readonly<Record<RequestKind, string>> = { cpu: 'cores', memory: 'bytes' };

/** What is advised of cpu in cores and of memory in bytes; what is measured in other units can be set nowhere. */
export function advisedRequests({ recommendation }: WorkloadView): Partial<Record<RequestKind, RequestBounds>> {
  return Object.fromEntries(
    REQUEST_KINDS.flatMap((kind) => {
      const advice = recommendation?.requests?.find((each) => each.kind === kind && each.unit === UNITS[kind]);
      return advice === undefined
        ? []
        : [[kind, { target: advice.target, lowerBound: advice.lowerBound, upperBound: advice.upperBound }] as const];
    })
  );
}

/** All that a decision on requests stands on. Without a fresh forecast nothing counts as measured, so nothing is lowered. */
export function requestSituationOf(
  view: WorkloadView,
  { min, max, worth, cooldownSeconds }: RequestsConfig,
  more: Pick<RequestSituation, 'nowSeconds' | 'target'> & {
    readonly pause: Pause;
    readonly changedAtSeconds: number | undefined;
  }
): RequestSituation {
  const { changedAtSeconds, ...rest } = more;
  return {
    ...rest,
    ...(changedAtSeconds === undefined ? {} : { changedAtSeconds }),
    policy: { min, max, worth, cooldownSeconds, freezes: view.config.scaling.freezes },
    advice: advisedRequests(view),
    used: view.health.state === 'ok' ? usedNow(view, rest.nowSeconds) : {},
    isSloViolated: sloNow(view, rest.nowSeconds) === 'violated',
  };
}

function usedNow({ actual, replicas, recommendation }: WorkloadView, nowSeconds: number): RequestSetting {
  const ready = presentValue(replicas, nowSeconds);
  return Object.fromEntries(
    REQUEST_KINDS.flatMap((kind) => {
      const name = recommendation?.requests?.find((each) => each.kind === kind && each.unit === UNITS[kind])?.resource;
      const value = name === undefined ? undefined : presentValue(actual.get(name), nowSeconds);
      return value === undefined || ready === undefined || ready < 1 ? [] : [[kind, value / ready] as const];
    })
  );
}
