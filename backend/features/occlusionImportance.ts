/** The quantiles of a forecast, `[level][step]`, levels ascending. */
export interface ForecastQuantiles {
  readonly levels: readonly number[];
  readonly values: Float64Array;
}

/** A group of inputs, and the inputs with that group at its neutral value: the mean, or what says nothing. */
export interface OcclusionGroup<Inputs> {
  readonly name: string;
  neutralise(inputs: Inputs): Inputs;
}

export interface GroupImportance {
  readonly group: string;
  /** Mean distance that the forecast's quantiles move without it, in widths of the forecast. */
  readonly change: number;
  /** Of the changes of all groups; they sum to 1, or all are 0 where nothing changes anything. */
  readonly share: number;
}

/**
 * How much each group of inputs matters to a forecast: how far its quantiles move when the group is neutral, most
 * important first.
 *
 * The distance is the mean over levels and steps of the absolute moves, for evenly spaced levels the Wasserstein
 * distance that bounds the change of the CRPS, over the mean distance of the outermost levels. A group that makes the
 * forecast break off (no finite number) counts as one width.
 */
export async function occlusionImportance<Inputs>(
  predict: (inputs: Inputs) => ForecastQuantiles | Promise<ForecastQuantiles>,
  inputs: Inputs,
  groups: ReadonlyArray<OcclusionGroup<Inputs>>
): Promise<readonly GroupImportance[]> {
  const whole = await predict(inputs);
  const width = meanWidth(whole);
  const changes: Array<{ group: string; change: number }> = [];
  for (const group of groups) {
    const without = await predict(group.neutralise(inputs));
    const move = meanMove(whole.values, without.values);
    changes.push({ group: group.name, change: move === 0 ? 0 : Number.isFinite(move / width) ? move / width : 1 });
  }
  const total = changes.reduce((sum, { change }) => sum + change, 0);
  return changes
    .map(({ group, change }) => ({ group, change, share: total === 0 ? 0 : change / total }))
    .sort((a, b) => b.change - a.change || (a.group < b.group ? -1 : 1));
}

/** Mean distance of the outermost levels; of a forecast without width, the size of its values. */
function meanWidth({ levels, values }: ForecastQuantiles): number {
  const steps = values.length / levels.length;
  let width = 0;
  let size = 0;
  for (let step = 0; step < steps; step++) {
    width += values[values.length - steps + step]! - values[step]!;
    size += Math.abs(values[step]!);
  }
  return (width > 0 ? width : Math.max(size, Number.MIN_VALUE)) / steps;
}

function meanMove(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) {
    sum += Math.abs(a[i]! - b[i]!);
  }
  return sum / a.length;
}
