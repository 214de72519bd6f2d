import { cyclePlan } from '../cycles/cyclePlan.ts';
import type { LocalModel } from '../localModel.ts';
import { AutomaticModel } from './automaticModel.ts';
import { blendForecasts, type BlendWeights } from './blendForecasts.ts';
import { blendWeights } from './blendWeights.ts';
import { calibrate, noCalibration } from './calibration.ts';
import { DEFAULT_TRUST, type BlendTrust } from './blendTrust.ts';
import type { Candidate } from './candidate.ts';
import { choiceReason } from './choiceReason.ts';
import { hasCovariates } from '../hasCovariates.ts';
import { leadZones, type LeadZone } from './leadZones.ts';
import { rehearse, type Rehearsal } from './rehearsal.ts';
import { Troupe } from './troupe.ts';

const LEVELS: readonly number[] = [0.01, 0.05, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 0.99];
const LEAST_WEIGHT = 0.02;

/**
 * The blend of candidates that would have served this series best: weights for each zone of leads, then each quantile
 * moved so that it would have held (both by a rehearsal on the last days of the history, which the candidates had not
 * seen), and since the fit by how the forecasts turned out.
 */
export function automatic(all: readonly Candidate[], trust: BlendTrust = DEFAULT_TRUST): LocalModel {
  return {
    name: 'auto',
    ...(all.some(({ model }) => model.readsCovariates) ? { readsCovariates: true } : {}),
    async fit(history, options) {
      const { grid } = history.target;
      const covariates =
        (history.knownCovariates?.size ?? 0) > 0 ? 'known' : hasCovariates(history) ? 'onlyPast' : undefined;
      const candidates = all.filter(
        ({ needsCovariates }) => needsCovariates === undefined || needsCovariates === covariates
      );
      const { cycle } = cyclePlan(options.seasonSteps, grid);
      const models = candidates.map(({ model }) => model);
      const rehearsal = await rehearse(models, history, LEVELS, { ...options, cycle });
      const zones = leadZones(options.horizon);
      const weights = chosenWeights(rehearsal, zones, candidates, trust);
      const past = rehearsal.acts.map(({ forecasts, truth }) => ({
        values: blendForecasts(forecasts, weights).values,
        truth,
      }));
      const independent = (zone: LeadZone): number => rehearsal.heldOutSteps / Math.max(zone.lead, cycle / 8);
      const calibration =
        past.length === 0
          ? noCalibration(LEVELS, zones)
          : calibrate(past, LEVELS, zones, independent, trust.priorErrors);
      const used = models.map((model, index) => (weights.weights.some((row) => row[index]! > 0) ? model : undefined));
      return new AutomaticModel({
        troupe: await Troupe.fit(used, history, options),
        weights,
        zones,
        calibration,
        fittedSteps: grid.length,
        startSeconds: grid.startSeconds,
        horizon: options.horizon,
        reason: choiceReason(rehearsal, weights, candidates, grid.stepSeconds),
      });
    },
  };
}

function chosenWeights(
  rehearsal: Rehearsal,
  zones: readonly LeadZone[],
  candidates: readonly Candidate[],
  { learningRate, fullTrustSteps }: BlendTrust
): BlendWeights {
  const rate = learningRate * Math.min(1, rehearsal.heldOutSteps / fullTrustSteps);
  const priors = Float64Array.from(candidates, ({ prior }) => prior);
  const total = priors.reduce((sum, prior) => sum + prior, 0);
  const prior = priors.map((each) => each / total);
  const weights = zones.map((zone) => {
    const learned = blendWeights(rehearsal, zone, prior, rate);
    const kept = learned.map((weight) => (weight < LEAST_WEIGHT ? 0 : weight));
    const keptTotal = kept.reduce((sum, weight) => sum + weight, 0);
    return kept.map((weight) => weight / keptTotal);
  });
  return { leads: zones.map((zone) => zone.lead), weights };
}
