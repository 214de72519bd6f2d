import { observedCount, type Series } from '../timeseries/index.ts';
import { choleskyFactor } from './choleskyFactor.ts';
import { crossCorrelation } from './crossCorrelation.ts';
import type { Dependence } from './dependence.ts';
import { fitTimeCorrelation, spreadLags } from './fitTimeCorrelation.ts';
import { normalScores } from './normalScores.ts';
import { recursionOf, type Recursion } from './recursion.ts';
import { seasonalResidual } from './seasonalResidual.ts';
import { templateDays } from './templateDays.ts';
import type { TimeCorrelation } from './timeCorrelation.ts';

const MIN_OBSERVED = 24;
/** What lies further back says little about how surprises hang together now. */
const MAX_CORRELATED_STEPS = 8192;
const ASSUMED_TIME_CONSTANT_SECONDS = 3600;

/**
 * How series hang together over the next `stepCount` steps, from their pasts (all end at the cutoff, on one step).
 *
 * A Schaake shuffle of past days where there are at least 30, else a Gaussian copula with the autocorrelation of the
 * detrended past and shrunk correlations between series. A history of fewer than 24 measurements is taken to forget
 * within the hour.
 */
export function estimateDependence(histories: readonly Series[], stepCount: number): Dependence {
  const residuals = histories.map(seasonalResidual);
  const scores = residuals.map((residual) => normalScores(residual.subarray(-MAX_CORRELATED_STEPS)));
  const times = histories.map((history, i) => timeCorrelation(history, scores[i]!, stepCount));
  const independentShare = Math.min(
    1,
    ...times.map(({ weight, persistence }) => 1 / (1 + (2 * weight * persistence) / (1 - persistence)))
  );
  const factor = choleskyFactor(
    innovationCorrelation(crossCorrelation(scores, independentShare), times),
    histories.length
  );
  const template = templateDays(histories, residuals, times, stepCount);
  return template === undefined
    ? { kind: 'gaussian', times, factor }
    : { kind: 'schaake', times, factor, template, blur: 1.06 * template.dayCount ** -0.2 };
}

function timeCorrelation(history: Series, scores: Float64Array, stepCount: number): TimeCorrelation {
  if (observedCount(history) < MIN_OBSERVED) {
    return { weight: 1, persistence: Math.exp(-history.grid.stepSeconds / ASSUMED_TIME_CONSTANT_SECONDS) };
  }
  const lags = spreadLags(Math.min(stepCount, Math.floor(scores.length / 3)));
  const measured = lags.map((lag) => autocorrelation(scores, lag));
  const isKnown = (_: number, i: number) => !Number.isNaN(measured[i]!);
  return fitTimeCorrelation(lags.filter(isKnown), measured.filter(isKnown));
}

function autocorrelation(scores: Float64Array, lag: number): number {
  let [product, square, count] = [0, 0, 0];
  for (let i = lag; i < scores.length; i++) {
    const [now, then] = [scores[i]!, scores[i - lag]!];
    if (!Number.isNaN(now) && !Number.isNaN(then)) {
      product += now * then;
      square += (now * now + then * then) / 2;
      count++;
    }
  }
  return count < MIN_OBSERVED / 3 || square === 0 ? Number.NaN : product / square;
}

/** What the innovations' correlations must be for the recursions to have `correlations`, `[series][series]`. */
function innovationCorrelation(correlations: Float64Array, times: readonly TimeCorrelation[]): Float64Array {
  const recursions = times.map(recursionOf);
  return correlations.map((value, cell) => {
    const [i, j] = [Math.floor(cell / times.length), cell % times.length];
    const shared =
      sharedResponse(recursions[i]!, recursions[j]!) /
      Math.sqrt(sharedResponse(recursions[i]!, recursions[i]!) * sharedResponse(recursions[j]!, recursions[j]!));
    return i === j ? 1 : Math.max(-0.99, Math.min(0.99, value / shared));
  });
}

function sharedResponse(a: Recursion, b: Recursion): number {
  return 1 + ((a.persistence + a.echo) * (b.persistence + b.echo)) / (1 - a.persistence * b.persistence);
}
