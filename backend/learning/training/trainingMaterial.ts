import type { History } from '../../forecasting/index.ts';
import { withShares, type trainingSeries, type TrainingSource } from '../../neural/index.ts';

/** Histories on one grid as a training sees them: to learn from, to validate on, and whole. */
export interface TrainingMaterial {
  readonly name: string;
  readonly sha256: string;
  readonly histories: ReadonlyMap<string, History>;
  readonly seasonSteps: number;
  readonly horizon: number;
  readonly heldOut: number;
  readonly learning: TrainingSource;
  readonly validation: TrainingSource;
  readonly all: TrainingSource;
}

export interface MaterialOptions extends Pick<
  TrainingMaterial,
  'name' | 'sha256' | 'histories' | 'seasonSteps' | 'horizon' | 'heldOut'
> {
  readonly weight: number;
  readonly stepSeconds: number;
  /** Steps in the short cycle. */
  readonly cycle: number;
  readonly series: ReturnType<typeof trainingSeries>;
  /** Steps at the very end that neither learning nor validation sees; none unless given. */
  readonly unseen?: number;
}

/** Parts series of one length: the last `heldOut` steps are not learnt from, and of them the last `unseen` not seen. */
export function trainingMaterial(options: MaterialOptions): TrainingMaterial {
  const { name, sha256, histories, seasonSteps, horizon, heldOut, weight, stepSeconds, cycle, unseen = 0 } = options;
  const source = (series: MaterialOptions['series']): TrainingSource => ({
    name,
    weight,
    stepSeconds,
    cycle: Math.max(2, cycle),
    horizon,
    series: withShares(series),
  });
  const until = (left: number, series: MaterialOptions['series']): MaterialOptions['series'] =>
    series.map((each) => ({ ...each, values: each.values.subarray(0, each.values.length - left) }));
  const validated = options.series.map((each) => ({ ...each, firstCutoff: each.values.length - heldOut }));
  return {
    ...{ name, sha256, histories, seasonSteps, horizon, heldOut },
    learning: source(until(heldOut, options.series)),
    validation: source(until(unseen, validated)),
    all: source(options.series),
  };
}
