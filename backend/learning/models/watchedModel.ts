import type { FittedModel, History, LocalModel, PredictOptions, RawForecast } from '../../forecasting/index.ts';
import { nonsenseOf } from './nonsenseOf.ts';

/**
 * A model whose forecasts are looked at: at the first that is nonsense it is benched, `onBenched` is told why, and
 * `standIn` forecasts in the same turn and from then on. Without a stand-in it throws from then on. A forecast that
 * fails, fails: that may be for want of memory.
 */
export function watchedModel(
  model: LocalModel,
  standIn: LocalModel | undefined,
  onBenched: (reason: string) => void
): LocalModel {
  let isBenched = false;
  const bench = (reason: string): void => {
    if (!isBenched) {
      isBenched = true;
      onBenched(reason);
    }
  };
  return {
    ...model,
    async fit(history, options) {
      const own = isBenched ? undefined : await model.fit(history, options);
      let other: Promise<FittedModel> | undefined;
      const instead = async (): Promise<FittedModel> => {
        if (standIn === undefined) {
          throw new Error(`${model.name} is benched and nothing stands in`);
        }
        other ??= Promise.resolve(standIn.fit(history, options));
        return other;
      };
      const predictMany = async (histories: readonly History[], asked: PredictOptions): Promise<RawForecast[]> => {
        if (own !== undefined && !isBenched) {
          const said = await forecastsOf(own, histories, asked);
          const nonsense = said.map((each, index) => nonsenseOf(each, histories[index]!)).find((why) => why !== undefined);
          if (nonsense === undefined) {
            return said;
          }
          bench(nonsense);
        }
        return forecastsOf(await instead(), histories, asked);
      };
      return { predict: async (each, asked) => (await predictMany([each], asked))[0]!, predictMany };
    },
  };
}

async function forecastsOf(
  fitted: FittedModel,
  histories: readonly History[],
  options: PredictOptions
): Promise<RawForecast[]> {
  if (fitted.predictMany !== undefined) {
    return fitted.predictMany(histories, options);
  }
  const all: RawForecast[] = [];
  for (const history of histories) {
    all.push(await fitted.predict(history, options));
  }
  return all;
}
