import { randomNormal, seededRandom, type RandomSource } from '../../random/index.ts';
import { differingSteps, unitedSteps, type StepRange } from '../../timeseries/index.ts';
import type { PathBlock } from '../samplePaths.ts';
import type { CompiledIntervention, CompiledScenario } from './compiledScenario.ts';
import type { ResourceMap } from './resourceMap.ts';
import { meanEnvelope } from './envelope.ts';

/** Paths as a scenario changes them. */
export interface ScenarioPaths {
  /** `[path][series][step]`; the baseline's own bits where the scenario does nothing. */
  readonly values: Float64Array;
  /** Usable replicas are `count * factor + add`, both `[path][step]`; absent where the scenario leaves capacity alone. */
  readonly capacity?: { readonly factor: Float64Array; readonly add: Float64Array };
}

/** Paths that a scenario changed, and between which steps. */
export interface ChangedPaths extends ScenarioPaths {
  /** Outside these every path has the baseline's bits: `series` is `[series]`. */
  readonly changed: { readonly series: readonly StepRange[]; readonly capacity: StepRange };
}

export interface ScenarioRunOptions {
  readonly stepSeconds: number;
  /** The usual level of each series: the mean of its median over the horizon. */
  readonly typical: readonly number[];
  /** How each series follows demand; that of series 0, demand itself, is not read. */
  readonly maps: readonly ResourceMap[];
  readonly seed: number;
}

const NO_STEP: StepRange = { first: 0, end: 0 };

/**
 * Makes the function that applies a scenario to the blocks of a simulation, one after the other.
 *
 * First demand changes, then the resources follow it by `maps`, each path as strongly as it draws from how sure the past
 * is, then interventions on resources act. Random starts
 * and occurrences are drawn for each path from streams of their own, so that the same path meets the same fate whatever
 * else is simulated. The result is valid until the next call. It is written into `buffer` where it fits.
 */
export function scenarioRun(
  scenario: CompiledScenario,
  { stepSeconds, typical, maps, seed }: ScenarioRunOptions
): (block: PathBlock, buffer?: ArrayBufferLike) => ChangedPaths {
  if (scenario.interventions.length === 0) {
    return ({ values, seriesCount }) => ({
      values,
      changed: { series: Array.from({ length: seriesCount }, () => NO_STEP), capacity: NO_STEP },
    });
  }
  const seeds = seededRandom(seed);
  const acts = scenario.interventions.map((intervention) => ({ intervention, random: seededRandom(seeds()) }));
  const strengthsOf = acts.map(({ intervention, random }) => strengths(intervention, random, stepSeconds));
  const followers = maps.map((map) => follower(map, seededRandom(seeds())));
  return (block, buffer) => {
    const { pathCount, seriesCount, stepCount } = block;
    const values = copyInto(block.values, buffer);
    const hasCapacity = scenario.interventions.some(({ target }) => target === 'replicas');
    const factor = new Float64Array(hasCapacity ? pathCount * stepCount : 0).fill(1);
    const add = new Float64Array(factor.length);
    const changed = { series: Array.from({ length: seriesCount }, () => NO_STEP), capacity: NO_STEP };
    const widen = (series: number, range: StepRange) => {
      changed.series[series] = unitedSteps(changed.series[series]!, range);
    };
    for (let path = 0; path < pathCount; path++) {
      const row = (series: number) => values.subarray((path * seriesCount + series) * stepCount).subarray(0, stepCount);
      const drawn = strengthsOf.map((draw) => draw(stepCount));
      const actOn = (series: number) => {
        acts.forEach(({ intervention }, i) => {
          const strength = drawn[i];
          if (strength !== undefined && intervention.target !== 'replicas' && intervention.target.includes(series)) {
            change(row(series), intervention, strength, typical[series]!);
            widen(series, strength.range);
          }
        });
      };
      actOn(0);
      for (let series = 1; series < seriesCount; series++) {
        widen(series, followers[series]!(row(series), row(0), block.values.subarray(path * seriesCount * stepCount)));
        actOn(series);
      }
      acts.forEach(({ intervention }, i) => {
        const strength = drawn[i];
        if (strength !== undefined && intervention.target === 'replicas') {
          changeCapacity(factor, add, path * stepCount, intervention, strength);
          changed.capacity = unitedSteps(changed.capacity, strength.range);
        }
      });
    }
    return hasCapacity ? { values, capacity: { factor, add }, changed } : { values, changed };
  };
}

function copyInto(values: Float64Array, buffer: ArrayBufferLike | undefined): Float64Array {
  if (buffer === undefined || buffer.byteLength < values.byteLength) {
    return values.slice();
  }
  const copy = new Float64Array(buffer, 0, values.length);
  copy.set(values);
  return copy;
}

/** How strongly an intervention acts, `[step]`, and the steps beside which it does not. */
interface Strength {
  readonly values: Float64Array;
  readonly range: StepRange;
}

/** Draws how strongly the intervention acts on the next path; undefined where it does not happen. */
function strengths(
  { probability, startSeconds: [earliest, latest], envelope }: CompiledIntervention,
  random: RandomSource,
  stepSeconds: number
): (stepCount: number) => Strength | undefined {
  let same: Strength | undefined;
  const from = (start: number, stepCount: number): Strength => {
    const values = Float64Array.from({ length: stepCount }, (_, step) =>
      meanEnvelope(envelope, (step + 1) * stepSeconds - start, stepSeconds)
    );
    return { values, range: differingSteps(values, new Float64Array(stepCount), stepCount) };
  };
  return (stepCount) => {
    const happens = random() < probability;
    const start = earliest + random() * (latest - earliest);
    if (!happens) {
      return undefined;
    }
    return earliest === latest ? (same ??= from(start, stepCount)) : from(start, stepCount);
  };
}

function change(
  row: Float64Array,
  { factor, add, flood }: CompiledIntervention,
  { values, range }: Strength,
  typical: number
): void {
  const added = add + flood * typical;
  for (let step = range.first; step < range.end; step++) {
    const s = values[step]!;
    if (s !== 0) {
      const value = row[step]!;
      const changed = value * (1 + (factor - 1) * s) + added * s;
      row[step] = value >= 0 ? Math.max(0, changed) : changed;
    }
  }
}

/** Makes what lets one series follow demand, path by path; what does not change keeps its bits. */
function follower({ rise: writeRises, relativeError }: ResourceMap, random: RandomSource) {
  let rises = new Float64Array(0);
  return (row: Float64Array, demand: Float64Array, baseDemand: Float64Array): StepRange => {
    const strength = Math.max(0, 1 + relativeError * randomNormal(random));
    rises = rises.length === row.length ? rises : new Float64Array(row.length);
    const range = writeRises(baseDemand, demand, rises);
    for (let step = range.first; step < range.end; step++) {
      const added = strength * rises[step]!;
      if (added !== 0) {
        const value = row[step]!;
        row[step] = value >= 0 ? Math.max(0, value + added) : value + added;
      }
    }
    return range;
  };
}

function changeCapacity(
  factors: Float64Array,
  adds: Float64Array,
  start: number,
  { factor, add }: CompiledIntervention,
  { values, range }: Strength
): void {
  for (let step = range.first; step < range.end; step++) {
    const scale = 1 + (factor - 1) * values[step]!;
    factors[start + step]! *= scale;
    adds[start + step] = adds[start + step]! * scale + add * values[step]!;
  }
}
