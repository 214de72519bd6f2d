import { scenarioRun, type CompiledScenario, type PathBlock, type ChangedPaths } from '../../simulation/index.ts';
import { unitedSteps } from '../../timeseries/index.ts';
import { askedReplicas } from './askedReplicas.ts';
import { blockNeeds } from './blockNeeds.ts';
import { columnQuantiles, type BlockQuantiles } from './columnQuantiles.ts';
import { planMeter, type PlanMeter } from './planMeter.ts';
import type { ScenarioSetting } from './scenarioSetting.ts';
import type { DistributionReport, PlanReport, ScenarioReport, WhatIfInput } from './whatIfTypes.ts';

/** A block of paths as a scenario changes it, and the replicas to have so that nothing is short, `[step][path]`. */
export interface SeenBlock {
  readonly paths: ChangedPaths;
  readonly needs: Int32Array;
  /** `[series]`. */
  readonly quantiles: readonly BlockQuantiles[];
}

/** One scenario's side of a what-if, block by block. */
export interface ScenarioFuture {
  /**
   * Meets the next block; each must be seen once, in their order. Paths that change are written into `buffer` where they
   * fit. Where the scenario changes nothing, what the baseline made of the block holds.
   */
  see(block: PathBlock, buffer?: ArrayBufferLike, baseline?: SeenBlock): SeenBlock;
  /** Of a block that was seen, the replicas that are enough; null without a service. */
  asked(block: PathBlock, seen: SeenBlock): ScenarioReport['asked'];
  /** Adds a block that was seen to what is known of a plan; one that was added is not added again. */
  judge(block: PathBlock, seen: SeenBlock, counts: Int32Array): void;
  /** Of one series, over the blocks seen, at some of its levels. */
  distribution(place: number, shown: readonly number[]): DistributionReport;
  /** Of one series with `highLevel`, `[step]`; undefined without that. */
  high(place: number): readonly number[] | undefined;
  /** Of a plan that was judged; `replicaCost` is the price of its replicas over the horizon. */
  report(name: string, counts: Int32Array, replicaCost: number | undefined): PlanReport;
}

/** Other plans than the latest so many are judged anew. */
const MOST_METERS = 32;

export interface FutureInput extends Pick<WhatIfInput, 'series' | 'levels' | 'service'> {
  /** A level beside those, that plans are made for. */
  readonly highLevel?: number;
}

/** Makes the future of a scenario. */
export function scenarioFuture(
  { series, levels, service, highLevel }: FutureInput,
  scenario: CompiledScenario,
  setting: ScenarioSetting
): ScenarioFuture {
  const { grid } = series[0]!.forecast;
  const run = scenarioRun(scenario, setting);
  const perReplica = series.map((one) => one.perReplica);
  const read = highLevel === undefined ? levels : [...levels, highLevel];
  const quantiles = series.map((_, place) => columnQuantiles(read, place, series.length, grid.length));
  const meters = new Map<string, PlanMeter>();

  function meterOf(counts: Int32Array): PlanMeter {
    const key = counts.join();
    const meter = meters.get(key) ?? planMeter({ counts, grid, series, service: service! });
    meters.delete(key);
    meters.set(key, meter);
    if (meters.size > MOST_METERS) {
      meters.delete(meters.keys().next().value!);
    }
    return meter;
  }

  return {
    see(block, buffer, baseline) {
      const paths = run(block, buffer);
      const { changed } = paths;
      const seen = quantiles.map((one, place) =>
        one.add(
          paths.values,
          block.pathCount,
          baseline && { quantiles: baseline.quantiles[place]!, changed: changed.series[place]! }
        )
      );
      if (service === undefined) {
        return { paths, needs: new Int32Array(0), quantiles: seen };
      }
      const pressing = changed.series.filter((_, place) => perReplica[place] !== undefined);
      const known = baseline && { needs: baseline.needs, changed: pressing.reduce(unitedSteps, changed.capacity) };
      const needs = blockNeeds(block, paths, perReplica, service.model?.scalability, known);
      return { paths, needs, quantiles: seen };
    },
    asked: (block, { needs }) => (service === undefined ? null : askedReplicas(block, needs, service)),
    judge(block, { paths, needs }, counts) {
      const meter = meterOf(counts);
      if (meter.pathCount <= block.firstPath) {
        meter.add(block, paths, needs);
      }
    },
    distribution(place, shown) {
      const rows = quantiles[place]!.values();
      return { levels: shown, values: shown.map((level) => rows[levels.indexOf(level)]!) };
    },
    high: (place) => quantiles[place]!.values()[levels.length],
    report: (name, counts, replicaCost) => meterOf(counts).report(name, replicaCost),
  };
}
