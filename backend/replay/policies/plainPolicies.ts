import type { Series } from '../../timeseries/index.ts';
import { needOf } from '../needOf.ts';
import type { ReplayClock } from '../replayClock.ts';
import type { ReplayPolicy } from '../replayPolicy.ts';
import type { ReplayService } from '../replayService.ts';
import { fourierForecast } from './fourierForecast.ts';
import { holtWintersForecast } from './holtWintersForecast.ts';
import { hpaPolicy } from './hpaPolicy.ts';
import { oraclePolicy } from './oraclePolicy.ts';
import { predictiveHpaPolicy, type PointForecast } from './predictiveHpaPolicy.ts';
import { seasonalPolicy } from './seasonalPolicy.ts';
import { staticPolicy } from './staticPolicy.ts';

/** Policies that take nothing but the trace: made anew at each call, at the service's target or another. */
export interface PlainPolicies {
  readonly hpa: (targetUtilization?: number) => ReplayPolicy;
  readonly static: () => ReplayPolicy;
  readonly seasonal: () => ReplayPolicy;
  readonly crane: () => ReplayPolicy;
  readonly 'holt-winters': () => ReplayPolicy;
  readonly oracle: () => ReplayPolicy;
}

export function plainPolicies(trace: Series, clock: ReplayClock, service: ReplayService): PlainPolicies {
  const { values, grid } = trace;
  const { targetUtilization } = service.hpa;
  const predictive = (forecast: PointForecast): ReplayPolicy => {
    const outset = outsetOf(trace, clock, service, targetUtilization);
    return predictiveHpaPolicy(values, grid.stepSeconds, service, { forecast, outset });
  };
  return {
    hpa: (target = targetUtilization) => hpaPolicy(values, service, target, outsetOf(trace, clock, service, target)),
    static: () => staticPolicy(values, service),
    seasonal: () => seasonalPolicy(trace, service),
    crane: () => predictive(fourierForecast(values, grid.stepSeconds)),
    'holt-winters': () => predictive(holtWintersForecast(values, grid.stepSeconds)),
    oracle: () => oraclePolicy(values, clock, service),
  };
}

/** What an HPA at a target had asked for before the first decision. */
export function outsetOf(
  { values }: Series,
  { firstRow }: ReplayClock,
  service: ReplayService,
  targetUtilization: number
): number {
  const last = values.subarray(0, firstRow).findLast((value) => !Number.isNaN(value)) ?? 0;
  return needOf(last / targetUtilization, service);
}
