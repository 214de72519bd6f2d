import { fitDriven, type History } from '../../forecasting/index.ts';
import type { CategoryVocabulary } from '../../features/index.ts';
import { categoryIndices } from '../artefacts/index.ts';
import { movingSumSteps, prepareSeries } from '../windows/index.ts';
import type { TrainingSeries } from './trainingSource.ts';

/** The series of a file as a training draws from them; those without one measurement are left out. */
export function trainingSeries(
  histories: ReadonlyMap<string, History>,
  horizon: number,
  vocabulary: CategoryVocabulary
): Array<Omit<TrainingSeries, 'share' | 'linearWeight'>> {
  return [...histories].flatMap(([name, history]) => {
    const { grid, values } = history.target;
    const prepared = prepareSeries({
      values,
      startSeconds: grid.startSeconds,
      stepSeconds: grid.stepSeconds,
      cycle: 2,
      sumSteps: 0,
    });
    if (prepared === undefined) {
      return [];
    }
    const base = {
      name,
      values,
      startSeconds: grid.startSeconds,
      sumSteps: movingSumSteps(prepared.filled, prepared.end),
      categories: categoryIndices(history.metadata, vocabulary),
    };
    const hasCovariates = (history.pastCovariates?.size ?? 0) + (history.knownCovariates?.size ?? 0) > 0;
    if (!hasCovariates) {
      return [base];
    }
    const { past, strength } = fitDriven(history, { horizon });
    return [strength > 0 ? { ...base, driven: past } : base];
  });
}
