import { cycles } from '../cycles/cycles.ts';
import type { PredictOptions } from '../forecaster.ts';
import { hasCovariates } from '../hasCovariates.ts';
import type { History } from '../history.ts';
import type { FittedModel, LocalModel, RawForecast, SeasonalFitOptions } from '../localModel.ts';
import { DriverReading, type UnknownEffect } from './driverReading.ts';
import { fitDriven } from './fitDriven.ts';
import { shareAt, sharesByLead, type LeadShares } from './sharesByLead.ts';
import { sumOfForecasts } from './sumOfForecasts.ts';

const DAY = 86_400;
/** What came so long ago counts half for whether drivers are followed. */
const HALF_LIFE_DAYS = 3;

/**
 * The target as its covariates drive it: their effect, read where they are known and forecast by their cycles where they
 * are not, and around it what the covariates do not explain, forecast by its own cycles.
 *
 * At leads at which the drivers help less, it leans on the target's cycles alone; without covariates, or where they
 * explain nothing, it is `cycles`.
 */
export const driven: LocalModel = {
  name: 'driven',
  readsCovariates: true,
  async fit(history, options) {
    const { horizon } = options;
    const { target } = history;
    const fit = fitDriven(history, { horizon, drivers: 'all' });
    const halfLife = (HALF_LIFE_DAYS * DAY) / target.grid.stepSeconds;
    const shares = sharesByLead(target.values, fit.effect, horizon, Math.max(horizon, halfLife));
    const isFollowed = fit.map !== undefined && shares.shares.some((share) => share > 0);
    const plain = shares.shares.every((share) => share === 1) ? undefined : await cycles.fit(history, options);
    if (!isFollowed) {
      return withWarning(plain!, hasCovariates(history) ? 'the covariates do not help and were left out' : undefined);
    }
    const reading = new DriverReading(fit.map, fit, history);
    const { rest, unknown } = reading.separate(history, horizon);
    return new DrivenModel({
      reading,
      shares,
      plain,
      rest: await cycles.fit({ target: { ...target, values: rest } }, options),
      options,
      unknown: unknown && {
        names: unknown.names.join(),
        model: await cycles.fit({ target: { ...target, values: unknown.past } }, options),
      },
      reason:
        `driven by ${reading.map.driverNames.join(', ')}, which explain ` +
        `${String(Math.round(100 * fit.strength))} % of what is new each day`,
    });
  },
};

interface DrivenState {
  readonly reading: DriverReading;
  readonly shares: LeadShares;
  /** Forecasts the target without its drivers; undefined where they are followed at all leads. */
  readonly plain: FittedModel | undefined;
  /** Forecasts what the drivers do not explain. */
  readonly rest: FittedModel;
  /** Forecasts the effect of the drivers whose future was not known at the fit. */
  readonly unknown: { readonly names: string; readonly model: FittedModel } | undefined;
  readonly options: SeasonalFitOptions;
  readonly reason: string;
}

class DrivenModel implements FittedModel {
  readonly #state: DrivenState;

  constructor(state: DrivenState) {
    this.#state = state;
  }

  async predict(history: History, options: PredictOptions): Promise<RawForecast> {
    const { plain, shares, reason } = this.#state;
    const followed = await this.#followed(history, options);
    const alone = await plain?.predict(history, options);
    const mixed = (one: Float64Array, other: Float64Array | undefined): Float64Array =>
      one.map((value, cell) => {
        const share = other === undefined ? 1 : shareAt(shares, (cell % options.horizon) + 1);
        return share === 1 ? value : share * value + (1 - share) * other![cell]!;
      });
    return {
      values: mixed(followed.values, alone?.values),
      mean: mixed(followed.mean, alone?.mean),
      warnings: alone?.warnings ?? [],
      reason,
    };
  }

  async #followed(history: History, { horizon, levels }: PredictOptions): Promise<RawForecast> {
    const { reading, rest: restModel } = this.#state;
    const { target, rest, known, unknown } = reading.separate(history, horizon);
    const all = { horizon, levels: [...new Set([...levels, 0.5])].sort((a, b) => a - b) };
    const around = await restModel.predict({ target: { ...target, values: rest } }, all);
    const driver =
      unknown && (await this.#unknownEffect({ target: { ...target, values: unknown.past } }, unknown, all));
    const middle = all.levels.indexOf(0.5) * horizon;
    const spread = known.map((value, step) => {
      const part = unknown?.future[step] ?? 0;
      return reading.spread(value + (Number.isNaN(part) ? (driver?.values[middle + step] ?? 0) : part));
    });
    const scaled = {
      ...around,
      values: around.values.map((value, cell) => value * spread[cell % horizon]!),
      mean: around.mean.map((value, step) => value * spread[step]!),
    };
    const sure = known.map((value) => value + reading.center);
    return sumOfForecasts(sure, scaled, driver, unknown?.future, all.levels, levels);
  }

  /** Where other drivers are unknown now than at the fit, their model is made on the spot. */
  async #unknownEffect(effect: History, { names }: UnknownEffect, asked: PredictOptions): Promise<RawForecast> {
    const { unknown, options } = this.#state;
    const model = unknown?.names === names.join() ? unknown.model : await cycles.fit(effect, options);
    return model.predict(effect, asked);
  }
}

function withWarning(model: FittedModel, warning: string | undefined): FittedModel {
  return {
    async predict(history, options) {
      const raw = await model.predict(history, options);
      return warning === undefined ? raw : { ...raw, warnings: [...raw.warnings, warning] };
    },
  };
}
