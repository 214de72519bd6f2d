import { driverRise, fitDriven, type DriverRise } from '../../forecasting/index.ts';
import { differingSteps, gridAfter, type Series } from '../../timeseries/index.ts';
import { resourceResponse } from './resourceResponse.ts';

/** How a resource follows the demand that drives it over a horizon. */
export interface ResourceMap {
  /** Writes into `rise` what a change of demand from `base` to `changed` adds to the resource; all `[step]`. */
  readonly rise: DriverRise;
  /** The standard error of what is added, as a share of it: how sure the past is of it. */
  readonly relativeError: number;
}

const DEMAND = 'demand';
/** Weaker relations are left to the plain median regression. */
const LEAST_STRENGTH = 0.1;
const MOST_RELATIVE_ERROR = 0.5;

/**
 * Learns from their shared past (both end at the cutoff) what a resource does when demand changes: bent, late and
 * different by the time of day where the past says so, else in proportion, else not at all, with a warning in words.
 */
export function resourceMap(
  demand: Series,
  resource: Series,
  stepCount: number
): { readonly map: ResourceMap; readonly warning?: string } {
  const fit = fitDriven({ target: resource, pastCovariates: new Map([[DEMAND, demand]]) }, { horizon: 1 });
  const rise = fit.map && driverRise(fit.map, DEMAND, gridAfter(resource.grid, stepCount));
  const isRising =
    fit.coefficients.reduce((sum, { feature, value }) => sum + (/of day/.test(feature) ? 0 : value), 0) > 0;
  if (rise !== undefined && isRising && fit.strength >= LEAST_STRENGTH) {
    const error = fit.responseErrors.get(DEMAND) ?? 0;
    return { map: { rise: neverAgainst(rise), relativeError: Math.min(MOST_RELATIVE_ERROR, error) } };
  }
  const { slope, warning } = resourceResponse(demand, resource);
  return { map: proportionalMap(slope), ...(warning === undefined ? {} : { warning }) };
}

/** The rise where it goes the way demand goes, 0 where it would go against it. */
function neverAgainst(rise: DriverRise): DriverRise {
  return (base, changed, rises) => {
    const range = rise(base, changed, rises);
    for (let step = range.first; step < range.end; step++) {
      if (rises[step]! * (changed[step]! - base[step]!) < 0) {
        rises[step] = 0;
      }
    }
    return range;
  };
}

/** The map by which each unit of demand takes `slope` units of the resource. */
export function proportionalMap(slope: number): ResourceMap {
  return {
    relativeError: 0,
    rise(base, changed, rise) {
      for (let step = 0; step < rise.length; step++) {
        rise[step] = slope * (changed[step]! - base[step]!);
      }
      return slope === 0 ? { first: 0, end: 0 } : differingSteps(base, changed, rise.length);
    },
  };
}
