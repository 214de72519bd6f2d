import type { ForecastRange, PlanningAggregate, WorkloadRange } from '../../../contract/index.ts';
import type { RangeName, WorkloadView } from '../../control/index.ts';
import { HeadroomError } from '../../errors/index.ts';

const HOUR_SECONDS = 3600;
const DAY_SECONDS = 86_400;
/** How each range is declared, for who asks for one that is not. */
const DECLARED_BY: Readonly<Record<RangeName, string>> = { near: 'forecast.nearStep', planning: 'forecast.planning' };
const PAST_SECONDS: Readonly<Record<RangeName, number>> = { near: 3 * HOUR_SECONDS, planning: 90 * DAY_SECONDS };

/** The ranges that a workload is forecast at, and how each stands. */
export function rangesOf(view: WorkloadView): WorkloadRange[] {
  const { near, planning, config, health, outlook, accuracy, warnings } = view;
  const others = [near, planning].flatMap((each): WorkloadRange[] =>
    each === undefined
      ? []
      : [
          {
            range: each.range,
            step: each.stepSeconds,
            horizon: each.horizonSeconds,
            issuedAt: each.outlook?.issuedAtSeconds ?? null,
            health: each.health,
            accuracy: [...each.accuracy],
            warnings: [...each.warnings],
          },
        ]
  );
  const day: WorkloadRange = {
    range: 'day',
    step: config.forecast.stepSeconds,
    horizon: config.forecast.horizonSeconds,
    issuedAt: outlook?.issuedAtSeconds ?? null,
    health,
    accuracy: [...accuracy],
    warnings: [...warnings],
  };
  return [day, ...others];
}

/** The range beside the day ahead that is asked for; throws API_PARAMETER_INVALID where the workload has none. */
export function requireRange(
  view: WorkloadView,
  range: ForecastRange,
  aggregate: PlanningAggregate | undefined
): RangeName | undefined {
  if (aggregate !== undefined && range !== 'planning') {
    throw new HeadroomError('API_PARAMETER_INVALID', { name: 'aggregate', problem: 'goes with range=planning only' });
  }
  if (range === 'day') {
    return undefined;
  }
  if (view[range] === undefined) {
    const problem = `${range} is not forecast for ${view.config.name}: declare ${DECLARED_BY[range]}`;
    throw new HeadroomError('API_PARAMETER_INVALID', { name: 'range', problem });
  }
  return range;
}

/** What is shown of a range where neither start nor end is asked for. */
export function defaultSpan(
  { config }: WorkloadView,
  range: RangeName | undefined,
  nowSeconds: number
): { readonly startSeconds: number; readonly endSeconds: number } {
  const { near, planning, horizonSeconds } = config.forecast;
  const ahead = range === 'near' ? near?.horizonSeconds : range === 'planning' ? planning?.horizonSeconds : undefined;
  return {
    startSeconds: nowSeconds - (range === undefined ? DAY_SECONDS : PAST_SECONDS[range]),
    endSeconds: nowSeconds + (ahead ?? horizonSeconds),
  };
}
