import { estimateDependence, marginReader, replicasWorth, scalabilityIn } from '../simulation/index.ts';
import { gridIndexAt, timeAt, type TimeGrid } from '../timeseries/index.ts';
import type { AssessedSeries, Assessment, AssessmentInput } from './assessment.ts';
import type { CapacityLoad } from './capacityLoad.ts';
import { checkAssessmentInput } from './checkAssessmentInput.ts';
import { confidenceOf } from './confidence.ts';
import { contentHash } from './contentHash.ts';
import { SHORTFALL_WINDOWS, type Outlook } from './outlook.ts';
import { replicasBefore } from './limits/replicasBefore.ts';
import type { NeedPaths } from './needPaths.ts';
import { recommend, type RecommendInput, type Recommended } from './recommend.ts';
import { adviseRequests, type AdvisedRequests } from './requests/adviseRequests.ts';
import { fromCutoff, seriesOutlook, shortfallOutlook, WINDOW_NAMES } from './seriesOutlook.ts';
import { assessScenarios, type AssessedFutures } from './scenarios/assessScenarios.ts';
import { mixtureFutures } from './scenarios/scenarioReasons.ts';
import { simulateNeeds, type SimulatedNeeds } from './simulateNeeds.ts';

type CapacitySeries = AssessedSeries & { readonly perReplica: number };

/**
 * The outlook of one workload and, where replicas and a capacity are known, the least plan that keeps its risk.
 *
 * Deterministic. Throws ASSESSMENT_INVALID, naming the field, for input that contradicts itself.
 */
export function assessWorkload(input: AssessmentInput): Assessment {
  checkAssessmentInput(input);
  const limited = input.series.filter((series): series is CapacitySeries => series.perReplica !== undefined);
  const replicas = knownReplicas(input);
  const futures = input.scenarios && assessScenarios(input, input.scenarios, replicas);
  if (replicas === undefined || limited.length === 0) {
    const warnings = [
      ...(replicas === undefined
        ? ['Replicas are unknown, so there is no capacity to compare with and no recommendation']
        : []),
      ...(limited.length === 0 ? ['No series has a capacity (perReplica), so there is no shortfall to foresee'] : []),
    ];
    const requests = replicas === undefined ? undefined : requestsOf(input, () => replicas);
    return { outlook: outlookOf(input, replicas, [], { requests }, warnings), ...scenariosOf(futures) };
  }
  const { grid } = limited[0]!.forecast;
  const simulated = simulateNeeds(
    limited.map((series) => series.forecast),
    limited.map((series) => series.perReplica),
    estimateDependence(
      limited.map((series) => series.history),
      grid.length
    ),
    replicas,
    WINDOW_NAMES.map((name) => Math.floor(SHORTFALL_WINDOWS[name] / grid.stepSeconds + 1e-9)),
    input,
    limited[0]!.kind === 'activity' ? input.scalability : undefined
  );
  const recommended = recommend({
    workload: input.workload,
    nowSeconds: input.nowSeconds,
    grid,
    ...mixtureOf(input, simulated.needs, futures),
    loads: limited.map((series) => capacityLoad(series, input.scaling.risk)),
    current: replicas,
    ...(input.replicaHistory === undefined
      ? {}
      : { replicasBefore: replicasBefore(input.replicaHistory, input.nowSeconds, replicas) }),
    ...(input.standing === undefined ? {} : { standing: onGrid(input.standing, grid) }),
    scaling: input.scaling,
    prices: input.cost,
    ...requestsPerReplica(input, limited[0]!),
    currency: input.cost.currency,
    confidence: confidenceOf(input.confidence),
    seed: input.seed,
    pathCount: input.pathCount,
    inputHash: inputHash(input),
    warnings: limited.flatMap((series) => series.forecast.warnings.map((warning) => `${series.name}: ${warning}`)),
  });
  const { action, warnings } = recommended.recommendation;
  const requests = requestsOf(input, (step) => (action === 'hold' ? replicas : recommended.proposal.ready[step]!));
  return {
    outlook: outlookOf(input, replicas, limited, { simulated, recommended, requests }, warnings),
    recommendation: {
      ...recommended.recommendation,
      requests: [...requests.requests],
      reasons: [...recommended.recommendation.reasons, ...requests.reasons],
    },
    planned: recommended.planned,
    ...scenariosOf(futures),
  };
}

function scenariosOf(futures: AssessedFutures | undefined): Pick<Assessment, 'scenarios'> {
  if (futures === undefined) {
    return {};
  }
  const { outlooks, profile, warnings } = futures;
  return { scenarios: { outlooks, profile, warnings } };
}

function requestsOf(input: AssessmentInput, plannedAt: (step: number) => number): AdvisedRequests {
  const { series, replicaHistory, standingRequests } = input;
  return adviseRequests({
    series,
    planned: Array.from({ length: series[0]!.forecast.grid.length }, (_, step) => plannedAt(step)),
    ...(replicaHistory === undefined ? {} : { replicaHistory }),
    ...(standingRequests === undefined ? {} : { standing: standingRequests }),
  });
}

function mixtureOf(
  { scenarios }: AssessmentInput,
  baseline: NeedPaths,
  futures: AssessedFutures | undefined
): Pick<RecommendInput, 'futures' | 'mixture'> {
  if (scenarios === undefined || futures === undefined) {
    return { futures: [baseline] };
  }
  const { needs } = futures;
  const weights = scenarios.scenarios.map(({ weight }) => weight);
  return {
    futures: mixtureFutures(baseline, needs, weights),
    mixture: { scenarios: scenarios.scenarios, baseline, needs },
  };
}

/** Whole replicas that serve now: a part of one serves nothing yet. */
function knownReplicas({ replicas }: AssessmentInput): number | undefined {
  return replicas === undefined || !(replicas >= 0 && Number.isFinite(replicas)) ? undefined : Math.floor(replicas);
}

function capacityLoad({ name, unit, perReplica, forecast }: CapacitySeries, risk: number): CapacityLoad {
  const read = marginReader(forecast, Float64Array.of(1 - risk));
  const cell = new Float64Array(1);
  const highDemand = Float64Array.from({ length: forecast.grid.length }, (_, step) => {
    read(step, cell);
    return cell[0]!;
  });
  return { name, unit, perReplica, highDemand };
}

/** What was asked for on another grid, at the steps of this one; NaN outside it. */
function onGrid({ grid, counts }: NonNullable<AssessmentInput['standing']>, steps: TimeGrid): Float64Array {
  return Float64Array.from(
    { length: steps.length },
    (_, step) => counts[gridIndexAt(grid, timeAt(steps, step))] ?? Number.NaN
  );
}

function requestsPerReplica(
  { unitSeconds = 1 }: AssessmentInput,
  { kind, perReplica }: CapacitySeries
): Pick<RecommendInput, 'requestsPerReplica'> {
  return kind === 'activity' ? { requestsPerReplica: perReplica / unitSeconds } : {};
}

/** What the replicas are worth to a series, where they slow each other down in serving it. */
function worthOf({ scalability }: AssessmentInput, { kind }: AssessedSeries, replicas: number | undefined) {
  return replicas === undefined ? undefined : replicasWorth(replicas, scalabilityIn(kind, scalability));
}

function inputHash(input: AssessmentInput): string {
  return contentHash(
    {
      ...input,
      series: input.series.map(({ name, kind, unit, perReplica }) => ({ name, kind, unit, perReplica })),
      replicaHistory: input.replicaHistory?.grid,
    },
    ...(input.replicaHistory === undefined ? [] : [input.replicaHistory.values]),
    ...input.series.flatMap(({ forecast, history }) => [
      forecast.grid,
      forecast.levels,
      forecast.values,
      history.grid,
      history.values,
    ])
  );
}

/** What is known beside the forecasts. */
interface Foreseen {
  readonly simulated?: SimulatedNeeds;
  readonly recommended?: Recommended;
  readonly requests: AdvisedRequests | undefined;
}

function outlookOf(
  input: AssessmentInput,
  replicas: number | undefined,
  limited: readonly CapacitySeries[],
  { simulated, recommended, requests }: Foreseen,
  warnings: readonly string[]
): Outlook {
  const { grid } = input.series[0]!.forecast;
  const series = input.series.map((one) => {
    const place = limited.findIndex((candidate) => candidate === one);
    return seriesOutlook(one, worthOf(input, one, replicas), simulated?.shortfalls[place]);
  });
  const sinceCutoff = (values: ArrayLike<number>) => fromCutoff(values, values[0]!);
  return {
    workload: input.workload,
    issuedAtSeconds: input.nowSeconds,
    cutoffSeconds: grid.startSeconds - grid.stepSeconds,
    grid: {
      startSeconds: grid.startSeconds - grid.stepSeconds,
      stepSeconds: grid.stepSeconds,
      length: grid.length + 1,
    },
    series,
    ...(simulated === undefined ? {} : { anyShortfall: shortfallOutlook(simulated.anyShortfall) }),
    ...(recommended === undefined
      ? {}
      : {
          replicas: {
            committed: sinceCutoff(recommended.tiers.committed),
            reserved: sinceCutoff(recommended.tiers.reserved),
            total: sinceCutoff(recommended.proposal.asked),
            burst: sinceCutoff(recommended.tiers.burst),
          },
        }),
    ...(requests === undefined || requests.requests.length === 0 ? {} : { requests: requests.requests }),
    ...(recommended?.hourlyCost === undefined ? {} : { costHourly: sinceCutoff(recommended.hourlyCost) }),
    currency: input.cost.currency,
    warnings,
  };
}
