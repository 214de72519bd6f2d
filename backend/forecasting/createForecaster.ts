import { HeadroomError } from '../errors/index.ts';
import { automatic } from './automatic/automatic.ts';
import type { BlendTrust } from './automatic/blendTrust.ts';
import type { Candidate } from './automatic/candidate.ts';
import { ets } from './augurs/ets.ts';
import { mstl } from './augurs/mstl.ts';
import { prophet } from './augurs/prophet.ts';
import { cycles } from './cycles/cycles.ts';
import { driven } from './driven/driven.ts';
import { drift } from './baselines/drift.ts';
import { naive } from './baselines/naive.ts';
import { near } from './near/near.ts';
import { planning } from './planning/planning.ts';
import { rollingQuantile } from './baselines/rollingQuantile.ts';
import { seasonalNaive } from './baselines/seasonalNaive.ts';
import { theta } from './baselines/theta.ts';
import type { Forecaster } from './forecaster.ts';
import { guardedForecaster } from './guardedForecaster.ts';
import type { LocalModel } from './localModel.ts';

const FACTORIES: Readonly<Record<string, () => Forecaster>> = {
  cycles: () => guardedForecaster(cycles),
  driven: () => guardedForecaster(driven),
  near: () => guardedForecaster(near),
  planning: () => guardedForecaster(planning),
  naive: () => guardedForecaster(naive),
  'seasonal-naive': () => guardedForecaster(seasonalNaive),
  drift: () => guardedForecaster(drift),
  theta: () => guardedForecaster(theta),
  'rolling-quantile': () => guardedForecaster(rollingQuantile),
  ets: () => guardedForecaster(ets),
  mstl: () => guardedForecaster(mstl),
  prophet: () => guardedForecaster(prophet),
  auto: () => auto([]),
};

/** The learnt models that Headroom ships. */
export const LEARNT_NAMES: readonly string[] = ['lstm', 'transformer'];

/** How much a learnt model is believed before anything is known of a series. */
const LEARNT_PRIOR = 300;

/** With learnt models, whose worth is known from many series, one series' rehearsal counts for less. */
const WITH_LEARNT: BlendTrust = { learningRate: 0.5, fullTrustSteps: 900, priorErrors: 150 };

function auto(learnt: readonly LocalModel[]): Forecaster {
  const always: readonly Candidate[] = [
    { model: cycles, prior: 36 },
    { model: driven, prior: 36, needsCovariates: 'known' },
    { model: driven, prior: 6, needsCovariates: 'onlyPast' },
  ];
  if (learnt.length > 0) {
    const known = learnt.map((model) => ({ model, prior: LEARNT_PRIOR }));
    return guardedForecaster(automatic([...known, ...always], WITH_LEARNT));
  }
  const simple: readonly Candidate[] = [
    { model: theta, prior: 3 },
    { model: seasonalNaive, prior: 1 },
    { model: rollingQuantile, prior: 3 },
  ];
  return guardedForecaster(automatic([...always, ...simple]));
}

/** The forecasters that `createForecaster` makes without learnt models. */
export const FORECASTER_NAMES: readonly string[] = Object.keys(FACTORIES);

/**
 * The forecaster of this name: built-in, or one of the learnt models, which `auto` then chooses from too; throws
 * FORECAST_MODEL_UNKNOWN.
 */
export function createForecaster(name: string, learnt: readonly LocalModel[] = []): Forecaster {
  const own = learnt.find((model) => model.name === name);
  if (own !== undefined) {
    return guardedForecaster(own);
  }
  if (name === 'auto') {
    return auto(learnt);
  }
  const create = Object.hasOwn(FACTORIES, name) ? FACTORIES[name] : undefined;
  if (create === undefined) {
    const known = [...FORECASTER_NAMES, ...learnt.map((model) => model.name)];
    throw new HeadroomError('FORECAST_MODEL_UNKNOWN', { model: name, known: known.join(', ') });
  }
  return create();
}
