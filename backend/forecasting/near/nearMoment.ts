import { knotsAround } from '../cycles/leadKnots.ts';
import { emptyNearFeatures, readNearFeatures } from './nearFeatures.ts';
import { ERROR_FEATURES, type NearKnot } from './nearKnot.ts';
import { MIN_SAMPLES, type NearOutset } from './predictNear.ts';

/** Where the tail begins, in sizes of the error. */
const TAIL = 3;
const MOST_IN_TAIL = 0.3;

/** The distribution of one value ahead. */
export interface NearDistribution {
  readonly median: number;
  /** The probability that it is above `value`. */
  exceedance(value: number): number;
}

/** What is known at one moment of the rows after the last one. */
export interface NearMoment {
  /** The distribution `lead` rows after the last row, from 1. */
  ahead(lead: number): NearDistribution;
}

/** The moment after the row of `outset`, which is `gap` rows older than the last; undefined where nothing was learnt. */
export function nearMoment(learnt: readonly NearKnot[], outset: NearOutset, gap: number): NearMoment | undefined {
  const knots = learnt.filter((knot) => knot.samples >= MIN_SAMPLES);
  if (knots.length === 0) {
    return undefined;
  }
  const { rows, plan, unit, clock, row } = outset;
  const leads = knots.map((knot) => knot.lead);
  const features = emptyNearFeatures(ERROR_FEATURES);
  return {
    ahead(steps) {
      const lead = steps + gap;
      const { left, right, share } = knotsAround(leads, lead);
      readNearFeatures(rows, plan, row, lead, clock, features);
      const near = knots[left]!.say(features, row);
      const far = left === right ? near : knots[right]!.say(features, row);
      const centre = features.level + near.change + share * (far.change - near.change);
      const size =
        Math.sqrt(Math.max(1, lead / leads.at(-1)!)) *
        Math.exp((1 - share) * Math.log(near.size) + share * Math.log(far.size));
      const nearest = knots[share > 0.5 ? right : left]!;
      return distribution(nearest, centre, size, unit, nearest.tail?.factor(row, size) ?? 1);
    },
  };
}

/** The errors beyond `TAIL` sizes are `factor` times as likely as they usually are, and all others alike less or more. */
function distribution(
  { errors, largeErrors }: NearKnot,
  centre: number,
  size: number,
  unit: number,
  factor: number
): NearDistribution {
  const usual = errors.exceedance(TAIL);
  const large = largeErrors.exceedance(TAIL);
  const raised = Math.min(MOST_IN_TAIL, factor * usual);
  const body = (1 - raised) / (1 - usual);
  return {
    median: unit * Math.sinh(centre + size * errors.quantile(0.5 / body)),
    exceedance(value) {
      const error = (Math.asinh(value / unit) - centre) / size;
      return error >= TAIL
        ? (raised / large) * largeErrors.exceedance(error)
        : 1 - body * (1 - errors.exceedance(error));
    },
  };
}
