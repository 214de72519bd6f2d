import type { PredictOptions } from '../forecaster.ts';
import type { History } from '../history.ts';
import { isFiniteForecast } from '../isFiniteForecast.ts';
import type { FittedModel, LocalModel, RawForecast, SeasonalFitOptions } from '../localModel.ts';

/** Several fitted models that forecast together; one that fails is left out of that forecast, not the others with it. */
export class Troupe {
  readonly #members: ReadonlyArray<FittedModel | undefined>;

  constructor(members: ReadonlyArray<FittedModel | undefined>) {
    this.#members = members;
  }

  /** Fits each model; `undefined` ones, and those that cannot be fitted, have no part in it. */
  static async fit(
    models: ReadonlyArray<LocalModel | undefined>,
    history: History,
    options: SeasonalFitOptions
  ): Promise<Troupe> {
    const members: Array<FittedModel | undefined> = [];
    for (const model of models) {
      try {
        members.push(await model?.fit(history, options));
      } catch {
        members.push(undefined);
      }
    }
    return new Troupe(members);
  }

  /** The forecast of each model, `undefined` where it has no part, failed, or gave what is no number. */
  async predict(history: History, options: PredictOptions): Promise<Array<RawForecast | undefined>> {
    return (await this.predictMany([history], options))[0]!;
  }

  /** As `predict` of each of some histories of one series: `[history][model]`. */
  async predictMany(
    histories: readonly History[],
    options: PredictOptions
  ): Promise<Array<Array<RawForecast | undefined>>> {
    const all: Array<Array<RawForecast | undefined>> = histories.map(() => []);
    for (const member of this.#members) {
      const forecasts = await forecastsOf(member, histories, options);
      for (const [row, forecast] of forecasts.entries()) {
        all[row]!.push(forecast !== undefined && isFiniteForecast(forecast) ? forecast : undefined);
      }
    }
    return all;
  }
}

async function forecastsOf(
  member: FittedModel | undefined,
  histories: readonly History[],
  options: PredictOptions
): Promise<Array<RawForecast | undefined>> {
  try {
    const together = await member?.predictMany?.(histories, options);
    if (together !== undefined) {
      return together;
    }
  } catch {
    // One history may have spoilt it for all: each is tried by itself.
  }
  const forecasts: Array<RawForecast | undefined> = [];
  for (const history of histories) {
    try {
      forecasts.push(await member?.predict(history, options));
    } catch {
      forecasts.push(undefined);
    }
  }
  return forecasts;
}
