import type { Mode } from '../../../contract/index.ts';
import { approvedFloor, type Approval } from './approval.ts';
import type { PresentWish } from './wishOf.ts';

/**
 * What is asked for now: in mode approve what a person approved, in auto what the forecast asks for and at least that.
 * What the forecast does not carry, for it is lost or asks for more by now, relaxes no utilisation target.
 */
export function askedNow(
  forecast: PresentWish,
  mode: Mode,
  approval: Approval | undefined,
  nowSeconds: number,
  leadTimeSeconds: number
): PresentWish {
  if (mode === 'observe') {
    return forecast;
  }
  const floor = approvedFloor(approval, nowSeconds, leadTimeSeconds);
  if (floor === undefined || approval === undefined) {
    return mode === 'auto'
      ? forecast
      : { kind: 'lost', code: 'no-forecast', reason: 'Nothing is approved: a recommendation waits for a person' };
  }
  const approved = { floor, who: approval.who, untilSeconds: approval.until };
  if (mode === 'approve') {
    const isCarried = forecast.kind === 'fresh' && forecast.floor <= floor;
    const isUncarried = isCarried ? {} : { isUncarried: true as const };
    return { kind: 'fresh', floor, issuedAtSeconds: approval.at, approved, ...isUncarried };
  }
  return forecast.kind === 'fresh'
    ? { ...forecast, floor: Math.max(forecast.floor, floor), approved }
    : { ...forecast, approved };
}
