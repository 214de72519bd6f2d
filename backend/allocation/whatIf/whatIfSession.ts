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
}

type BaseInput = Omit<WhatIfInput, 'scenarios' | 'plans' | 'confidence'>;

/**
 * Makes a session. It holds one base, that of the latest question: where all paths are one block, they and what they said
 * of the baseline (less than 100 MB); else what the past said only. Another forecast, history, service, seed or number of
 * paths makes a new one; answers have the bits of a session that knows nothing.
 */
export function whatIfSession(): WhatIfSession {
  let latest: { readonly input: BaseInput; readonly base: WhatIfBase } | undefined;
  return {
    baseOf({ series, service, levels, pathCount, seed }) {
      const input = { series, levels, pathCount, seed, ...(service === undefined ? {} : { service }) };
      if (latest !== undefined && isSameContent(latest.input, input)) {
        return latest.base;
      }
      latest = undefined;
      const base = baseOf(input);
      latest = { input, base };
      return base;
    },
  };
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
  const makeBaseline = () => scenarioFuture(input, BASELINE, setting);
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
  return { ...future, see: (block) => (seen ??= future.see(block)) };
}
