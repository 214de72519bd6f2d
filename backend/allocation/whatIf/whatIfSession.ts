import { estimateDependence, samplePaths, type PathBlock } from '../../simulation/index.ts';
import { seededRandom } from '../../random/index.ts';
import { isSameContent } from './isSameContent.ts';
import { scenarioFuture, type ScenarioFuture } from './scenarioFuture.ts';
import { scenarioSetting, type ScenarioSetting } from './scenarioSetting.ts';
import type { WhatIfInput } from './whatIfTypes.ts';

/** What questions about the same forecast share, whatever their scenarios and plans. */
export interface WhatIfBase {
  readonly setting: ScenarioSetting;
  readonly warnings: readonly string[];
  /** The same paths each time. */
  blocks(): Iterator<PathBlock, void, void>;
  /** The future in which nothing happens, with what earlier questions learnt of it. */
  baseline(): ScenarioFuture;
}

/** Keeps what the next question about the same forecast can use again: a slider asks many. */
export interface WhatIfSession {
  baseOf(input: WhatIfInput): WhatIfBase;
  /** Memory that is free to write changed paths into, if there is some: fresh memory takes as long as the change itself. */
  takeBuffer(): ArrayBufferLike | undefined;
  giveBuffer(buffer: ArrayBufferLike): void;
}

type BaseInput = Omit<WhatIfInput, 'scenarios' | 'plans' | 'confidence' | 'sliderLevels'>;

/** Of the values of paths; what was learnt of them takes as much again at most. */
const MOST_KEPT_BYTES = 2 ** 26;

/**
 * Makes a session. It holds the base of the latest question, and of earlier ones, such as other workloads', the latest
 * that fit beside it: where all paths are one block, they and what they said of the baseline; else what the past said
 * only. Another forecast, history, service, seed or number of paths makes a new one; answers have the bits of a session
 * that knows nothing.
 */
export function whatIfSession(): WhatIfSession {
  let spare: ArrayBufferLike | undefined;
  let known: ReadonlyArray<{ readonly input: BaseInput; readonly base: WhatIfBase }> = [];
  return {
    baseOf({ series, service, levels, pathCount, seed }) {
      const input = { series, levels, pathCount, seed, ...(service === undefined ? {} : { service }) };
      const same = known.find((one) => isSameContent(one.input, input));
      const others = known.filter((one) => one !== same);
      let bytes = bytesOf(input);
      const kept = others.filter((one) => (bytes += bytesOf(one.input)) <= MOST_KEPT_BYTES);
      // Let go of before the paths of a new one are drawn.
      known = kept;
      const latest = same ?? { input, base: baseOf(input) };
      known = [latest, ...kept];
      return latest.base;
    },
    takeBuffer() {
      const taken = spare;
      spare = undefined;
      return taken;
    },
    giveBuffer(buffer) {
      spare = buffer;
    },
  };
}

function bytesOf({ series, pathCount }: BaseInput): number {
  return 8 * pathCount * series.length * series[0]!.forecast.grid.length;
}

const BASELINE = { name: 'baseline', interventions: [] };

function baseOf(input: BaseInput): WhatIfBase {
  const { series, pathCount } = input;
  const seeds = seededRandom(input.seed);
  const [pathSeed, chanceSeed] = [seeds(), seeds()];
  const { setting, warnings } = scenarioSetting(series, chanceSeed);
  const { length } = series[0]!.forecast.grid;
  const dependence = estimateDependence(
    series.map(({ history }) => history),
    length
  );
  const margins = series.map(({ forecast }) => forecast);
  const draw = () => samplePaths(margins, dependence, { pathCount, seed: pathSeed });
  let only: PathBlock | undefined;
  let baseline: ScenarioFuture | undefined;
  const highLevel = input.service === undefined ? {} : { highLevel: 1 - input.service.risk };
  const makeBaseline = () => scenarioFuture({ ...input, ...highLevel }, BASELINE, setting);
  return {
    setting,
    warnings,
    *blocks() {
      if (only !== undefined) {
        yield only;
        return;
      }
      for (const block of draw()) {
        only = block.pathCount === pathCount ? block : undefined;
        yield block;
      }
    },
    baseline: () => (only === undefined ? makeBaseline() : (baseline ??= seenOnce(makeBaseline()))),
  };
}

/** A future that remembers its only block. */
function seenOnce(future: ScenarioFuture): ScenarioFuture {
  let seen: ReturnType<ScenarioFuture['see']> | undefined;
  let asked: ReturnType<ScenarioFuture['asked']> | undefined;
  return {
    ...future,
    see: (block) => (seen ??= future.see(block)),
    asked: (block, one) => (asked ??= future.asked(block, one)),
  };
}
