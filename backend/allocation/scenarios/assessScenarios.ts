import {
  estimateDependence,
  PROFILE_LEVELS,
  samplePaths,
  scenarioFromNow,
  scenarioRun,
  type CompiledScenario,
  type PathBlock,
  type PresentProfile,
  type ScenarioPaths,
} from '../../simulation/index.ts';
import type { AssessedSeries, AssessmentInput } from '../assessment.ts';
import type { NeedPaths } from '../needPaths.ts';
import { fromCutoff } from '../seriesOutlook.ts';
import { blockNeeds } from '../whatIf/blockNeeds.ts';
import { columnQuantiles } from '../whatIf/columnQuantiles.ts';
import { scenarioSetting } from '../whatIf/scenarioSetting.ts';
import type { AssessedScenarios, ScenarioOutlook, ScenariosAssessment } from './scenarioOutlook.ts';

const MOST_PATHS = 1000;
/** So far the present is compared with what was foreseen. */
const PROFILE_STEPS = 72;
const BASELINE: CompiledScenario = { name: 'baseline', interventions: [] };

/** What the scenarios bring, and the replicas they ask for, in the order of the scenarios; the baseline is not among them. */
export interface AssessedFutures extends ScenariosAssessment {
  readonly needs: ReadonlyArray<Omit<NeedPaths, 'weight'>>;
}

/** Simulates the scenarios of a workload on the same paths; `undefined` where its demand has no forecast. */
export function assessScenarios(
  input: AssessmentInput,
  { demand, scenarios }: AssessedScenarios,
  replicas: number | undefined
): AssessedFutures | undefined {
  const first = input.series.find(({ name }) => name === demand);
  if (first === undefined || scenarios.length === 0) {
    return undefined;
  }
  const series = [first, ...input.series.filter(({ kind }) => kind === 'resource')];
  const { grid } = first.forecast;
  const { setting, warnings } = scenarioSetting(series, input.seed);
  const dependence = estimateDependence(
    series.map(({ history }) => history),
    grid.length
  );
  const [block] = samplePaths(
    series.map(({ forecast }) => forecast),
    dependence,
    { pathCount: Math.min(MOST_PATHS, input.pathCount), seed: input.seed }
  );
  const run = (scenario: CompiledScenario): ScenarioPaths => scenarioRun(scenario, setting)(block!);
  const perReplica = series.map((one) => one.perReplica);
  const paths = scenarios.map(({ scenario }) => run(scenario));
  const profiled = [BASELINE, ...scenarios.map(({ scenario }) => scenarioFromNow(scenario))];
  return {
    outlooks: paths.map((one, index) => outlookOf(scenarios[index]!.scenario.name, series, block!, one, replicas)),
    needs: paths.map((one) => ({
      pathCount: block!.pathCount,
      stepCount: grid.length,
      needs: blockNeeds(block!, one, perReplica),
    })),
    profile: profileOf(profiled, series, block!, run),
    warnings: warnings.map((warning) => `Scenarios: ${warning}`),
  };
}

function outlookOf(
  name: string,
  series: readonly AssessedSeries[],
  block: PathBlock,
  paths: ScenarioPaths,
  replicas: number | undefined
): ScenarioOutlook {
  const { grid } = series[0]!.forecast;
  const any = new Uint8Array(block.pathCount * block.stepCount);
  const foreseen = series.map(({ name: of, unit, forecast: { levels }, perReplica }, place) => {
    const quantiles = columnQuantiles(levels, place, series.length, block.stepCount);
    quantiles.add(paths.values, block.pathCount);
    const rows = quantiles.values().map((row) => fromCutoff(row, Number.NaN));
    const values = new Float64Array(rows.length * (grid.length + 1));
    rows.forEach((row, level) => {
      values.set(row, level * row.length);
    });
    return {
      ...{ name: of, unit, levels, values },
      ...(perReplica === undefined || replicas === undefined
        ? {}
        : { shortfall: shortfallOf(block, paths, place, perReplica, replicas, any) }),
    };
  });
  const isLimited = foreseen.some((one) => 'shortfall' in one);
  return {
    name,
    grid: { ...grid, startSeconds: grid.startSeconds - grid.stepSeconds, length: grid.length + 1 },
    series: foreseen,
    ...(isLimited ? { anyShortfall: shareOf(any, block) } : {}),
  };
}

/** The share of the paths that are short of `replicas` as the scenario leaves them, `[step]`; marks them in `any`. */
function shortfallOf(
  { pathCount, seriesCount, stepCount }: PathBlock,
  { values, capacity }: ScenarioPaths,
  series: number,
  perReplica: number,
  replicas: number,
  any: Uint8Array
): Float64Array {
  const short = new Uint8Array(any.length);
  for (let path = 0; path < pathCount; path++) {
    for (let step = 0; step < stepCount; step++) {
      const at = path * stepCount + step;
      const usable =
        capacity === undefined ? replicas : Math.max(0, replicas * capacity.factor[at]! + capacity.add[at]!);
      if (values[(path * seriesCount + series) * stepCount + step]! > usable * perReplica) {
        short[at] = 1;
        any[at] = 1;
      }
    }
  }
  return shareOf(short, { pathCount, stepCount });
}

function shareOf(
  flags: Uint8Array,
  { pathCount, stepCount }: Pick<PathBlock, 'pathCount' | 'stepCount'>
): Float64Array {
  const share = new Float64Array(stepCount);
  for (let at = 0; at < flags.length; at++) {
    share[at % stepCount]! += flags[at]! / pathCount;
  }
  return fromCutoff(
    share.map((value) => Math.min(1, value)),
    Number.NaN
  );
}

function profileOf(
  hypotheses: readonly CompiledScenario[],
  series: readonly AssessedSeries[],
  block: PathBlock,
  run: (scenario: CompiledScenario) => ScenarioPaths
): PresentProfile {
  const { grid } = series[0]!.forecast;
  const length = Math.min(PROFILE_STEPS, grid.length);
  return {
    grid: { ...grid, length },
    series: series.map(({ name }) => name),
    hypotheses: hypotheses.map(({ name }) => name),
    values: hypotheses.map((hypothesis) => {
      const { values } = run(hypothesis);
      return series.map((_, place) => {
        const quantiles = columnQuantiles(PROFILE_LEVELS, place, series.length, block.stepCount);
        quantiles.add(values, block.pathCount);
        return quantiles.values().map((row) => row.slice(0, length).map((value) => Number(value.toPrecision(6))));
      });
    }),
  };
}
