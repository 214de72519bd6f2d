import { quantileSorted, sortedObserved } from '../../statistics/index.ts';
import type { Series } from '../../timeseries/index.ts';
import type { History } from '../history.ts';
import { alignedDrivers } from './alignedDrivers.ts';
import { bridgedGaps } from './bridgedGaps.ts';
import type { DriverMap } from './driverMap.ts';
import type { DrivenFit } from './fitDriven.ts';
import { spreadByEffect, type SpreadByEffect } from './spreadByEffect.ts';

/** Beyond the effects seen in the past, an effect is believed so far, in ranges of the target. */
const BELIEVED_RANGE = 0.5;

/** A history taken apart by what drives it. */
export interface SeparatedHistory {
  readonly target: Series;
  /** What the drivers do not explain, less its center, over its spread: `[past step]`. */
  readonly rest: Float64Array;
  /** The effect of the drivers that are known over the horizon, `[step]`. */
  readonly known: Float64Array;
  /** The effect of the others; NaN over the horizon where they are not known. */
  readonly unknown: UnknownEffect | undefined;
}

/** The effect of drivers that are not known over all of the horizon. */
export interface UnknownEffect {
  readonly names: readonly string[];
  readonly past: Float64Array;
  readonly future: Float64Array;
}

/** Takes histories apart into what drivers explain and the rest, as a fit has learnt it. */
export class DriverReading {
  readonly map: DriverMap;
  /** The middle of what the drivers leave. */
  readonly center: number;
  readonly spread: SpreadByEffect;
  readonly #least: number;
  readonly #most: number;

  constructor(map: DriverMap, { effect: whole, past }: DrivenFit, { target }: History) {
    this.map = map;
    const { values } = target;
    const effect = whole.subarray(0, values.length);
    const sorted = sortedObserved(values);
    const reach = BELIEVED_RANGE * (sorted.at(-1)! - sorted[0]!);
    const effects = sortedObserved(effect);
    const middle = quantileSorted(effects, 0.5);
    this.#least = Math.max(effects[0]!, middle - 2 * reach) - reach;
    this.#most = Math.min(effects.at(-1)!, middle + 2 * reach) + reach;
    this.center = quantileSorted(sortedObserved(values.map((value, t) => value - effect[t]!)), 0.5);
    this.spread = spreadByEffect(
      effect,
      values.map((value, t) => value - past[t]!)
    );
  }

  separate(history: History, horizon: number): SeparatedHistory {
    const { target } = history;
    const length = target.values.length;
    const lanes = new Map(
      Array.from(alignedDrivers(history, 'all', horizon), ([name, { grid, values }]) => [
        name,
        { grid, values: bridgedGaps(values, length) },
      ])
    );
    const columns = this.map.columns(lanes);
    const isKnown = (name: string): boolean => !lanes.get(name)!.values.subarray(length).some(Number.isNaN);
    const names = this.map.driverNames;
    const knownNames = new Set(names.filter(isKnown));
    const known = this.#bounded(this.map.effect(columns, knownNames));
    const others = names.filter((name) => !knownNames.has(name));
    const unknown = others.length === 0 ? undefined : this.#bounded(this.map.effect(columns, new Set(others)));
    return {
      target,
      rest: target.values.map((value, t) => {
        const effect = known[t]! + (unknown?.[t] ?? 0);
        return (value - effect - this.center) / this.spread(effect);
      }),
      known: known.subarray(length),
      unknown: unknown && { names: others, past: unknown.subarray(0, length), future: unknown.subarray(length) },
    };
  }

  #bounded(effect: Float64Array): Float64Array {
    return effect.map((value) => Math.min(this.#most, Math.max(this.#least, value)));
  }
}
