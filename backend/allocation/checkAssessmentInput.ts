import { HeadroomError } from '../errors/index.ts';
import { gridEnd } from '../timeseries/index.ts';
import type { AssessedSeries, AssessmentInput } from './assessment.ts';

/** Throws ASSESSMENT_INVALID with the field where an assessment would be about something else than it says. */
export function checkAssessmentInput(input: AssessmentInput): void {
  const { scaling, confidence, pathCount } = input;
  const require = (isGood: boolean, field: string, problem: string): void => {
    if (!isGood) {
      throw new HeadroomError('ASSESSMENT_INVALID', { workload: input.workload, field, problem });
    }
  };
  const isShare = (value: number) => value >= 0 && value <= 1;
  require(input.series.length > 0, 'series', 'must hold at least one');
  input.series.forEach((series) => {
    checkSeries(series, input.series[0]!, require);
  });
  require(Number.isInteger(scaling.min) && scaling.min >= 0, 'scaling.min', 'must be a whole number, 0 or more');
  require(Number.isInteger(scaling.max) &&
    scaling.max >= scaling.min, 'scaling.max', 'must be a whole number, at least scaling.min');
  require(scaling.max <= 2 ** 31 - 2, 'scaling.max', 'must be below 2147483647');
  require(scaling.leadTimeSeconds >= 0 &&
    Number.isFinite(scaling.leadTimeSeconds), 'scaling.leadTime', 'must be 0 or more');
  require(scaling.risk > 0 && scaling.risk < 1, 'scaling.risk', 'must be between 0 and 1');
  require(isShare(scaling.tiers.committed), 'scaling.tiers.committed', 'must be from 0 to 1');
  require(isShare(scaling.tiers.burst), 'scaling.tiers.burst', 'must be from 0 to 1');
  require(confidence.coverage80 === undefined ||
    isShare(confidence.coverage80), 'confidence.coverage80', 'must be from 0 to 1');
  require(confidence.drift === undefined || confidence.drift >= 0, 'confidence.drift', 'must be 0 or more');
  require(confidence.historySeconds >= 0, 'confidence.historySeconds', 'must be 0 or more');
  require(Number.isInteger(pathCount) &&
    pathCount >= 1 &&
    pathCount <= 1e6, 'pathCount', 'must be a whole number from 1 to 1000000');
  require(Number.isFinite(input.seed), 'seed', 'must be a finite number');
}

function checkSeries(
  { name, forecast, history, perReplica }: AssessedSeries,
  first: AssessedSeries,
  require: (isGood: boolean, field: string, problem: string) => void
): void {
  const { grid, levels, values } = forecast;
  const shared = first.forecast.grid;
  const field = `series.${name}`;
  require(grid.length > 0, `${field}.forecast`, 'must have at least one step');
  require(grid.startSeconds === shared.startSeconds &&
    grid.stepSeconds === shared.stepSeconds &&
    grid.length === shared.length, `${field}.forecast`, `must lie on the grid of ${first.name}`);
  require(levels.length > 0 &&
    values.length === levels.length * grid.length, `${field}.forecast`, 'must have a value for each level and step');
  require(values.every(Number.isFinite), `${field}.forecast`, 'must be finite');
  require(perReplica === undefined ||
    (perReplica > 0 && Number.isFinite(perReplica)), `${field}.perReplica`, 'must be more than 0');
  require(history.grid.length === 0 ||
    (history.grid.stepSeconds === grid.stepSeconds &&
      gridEnd(history.grid) ===
        grid.startSeconds -
          grid.stepSeconds), `${field}.history`, 'must end one step before the forecast, on the same step');
}
