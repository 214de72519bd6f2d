/** The quantiles of a forecast, `[level][step]`, levels ascending. */
export interface ForecastQuantiles {
  readonly levels: readonly number[];
  readonly values: Float64Array;
}

/** A group of inputs, and the inputs with that group at its neutral value: what says nothing. */
export interface OcclusionGroup<Inputs> {
  readonly name: string;
  /** `undefined` where the inputs hold nothing of the group. */
  neutralise(inputs: Inputs): Inputs | undefined;
  /** What the neutral inputs are compared with, where that is not the inputs as they are. */
  control?(inputs: Inputs): Inputs;
}

/** The steps of a part of the horizon, counted from 1, both included. */
export interface HorizonPart {
  readonly name: string;
  readonly from: number;
  readonly to: number;
}

/** Numbers for the whole horizon, and for each of its parts in their order. */
export interface ByPart {
  readonly whole: number;
  readonly parts: readonly number[];
}

export interface GroupImportance<Group> {
  readonly group: Group;
  /** Whether the inputs hold something of the group. */
  readonly isPresent: boolean;
  /** Whether the forecast moves without it, by more than rounding. */
  readonly isUsed: boolean;
  /** Mean distance that the forecast's quantiles move without it, in the forecast's unit. */
  readonly change: ByPart;
  /** `change.whole` in widths of the forecast. */
  readonly widths: number;
  /** Of the changes of all groups; they sum to 1, or all are 0 where nothing changes anything. */
  readonly share: ByPart;
}

export interface Occlusion<Group> {
  /** Most important first. */
  readonly groups: ReadonlyArray<GroupImportance<Group>>;
  /** Mean distance of the outermost levels; of a forecast without width, the size of its values. */
  readonly width: number;
  /** Forecasts that were made. */
  readonly forecastCount: number;
}

/** A change smaller than this share of the forecast's width and size is rounding. */
const ROUNDING = 1e-9;

/**
 * How much each group of inputs matters to a forecast: how far its quantiles move when the group is neutral.
 *
 * The distance is the mean over steps of the Wasserstein distance, each level standing for the levels nearest to it; it
 * bounds the change of the CRPS. A group that makes the forecast break off (no finite number) counts as one width.
 */
export async function occlusionImportance<Inputs, Group extends OcclusionGroup<Inputs>>(
  predict: (inputs: Inputs) => ForecastQuantiles | Promise<ForecastQuantiles>,
  inputs: NoInfer<Inputs>,
  groups: readonly Group[],
  parts: readonly HorizonPart[] = []
): Promise<Occlusion<Group>> {
  const whole = await predict(inputs);
  const width = meanWidth(whole);
  const rounding = ROUNDING * Math.max(width, meanSize(whole.values));
  const spans = [{ from: 1, to: whole.values.length / whole.levels.length }, ...parts];
  let forecastCount = 1;
  const found: Array<{ group: Group; isPresent: boolean; changes: readonly number[] }> = [];
  for (const group of groups) {
    const neutral = group.neutralise(inputs);
    let changes = spans.map(() => 0);
    if (neutral !== undefined) {
      const control = group.control === undefined ? whole : await predict(group.control(inputs));
      const without = await predict(neutral);
      forecastCount += group.control === undefined ? 1 : 2;
      const moves = stepMoves(control, without.values);
      changes = spans.map((span) => changeOver(moves, span, width, rounding));
    }
    found.push({ group, isPresent: neutral !== undefined, changes });
  }
  const totals = spans.map((_, span) => found.reduce((sum, { changes }) => sum + changes[span]! / found.length, 0));
  const shares = (changes: readonly number[]): number[] =>
    changes.map((change, span) => (totals[span] === 0 ? 0 : change / found.length / totals[span]!));
  return {
    groups: found
      .map(({ group, isPresent, changes }) => ({
        group,
        isPresent,
        isUsed: changes[0]! > 0,
        change: byPart(changes),
        widths: changes[0]! / width,
        share: byPart(shares(changes)),
      }))
      .sort(
        (a, b) =>
          b.change.whole - a.change.whole ||
          Number(b.isPresent) - Number(a.isPresent) ||
          (a.group.name < b.group.name ? -1 : 1)
      ),
    width,
    forecastCount,
  };
}

function byPart([whole = 0, ...parts]: readonly number[]): ByPart {
  return { whole, parts };
}

function changeOver(
  moves: Float64Array,
  { from, to }: { readonly from: number; readonly to: number },
  width: number,
  rounding: number
): number {
  let sum = 0;
  for (let lead = from; lead <= to; lead++) {
    sum += moves[lead - 1]! / (to - from + 1);
  }
  return sum <= rounding ? 0 : Number.isFinite(sum) ? sum : width;
}

/** The distance of two forecasts at each step, `[step]`. */
function stepMoves({ levels, values }: ForecastQuantiles, others: Float64Array): Float64Array {
  const steps = values.length / levels.length;
  const moves = new Float64Array(steps);
  levels.forEach((level, row) => {
    const low = row === 0 ? 0 : (levels[row - 1]! + level) / 2;
    const high = row === levels.length - 1 ? 1 : (level + levels[row + 1]!) / 2;
    for (let step = 0; step < steps; step++) {
      moves[step]! += (high - low) * Math.abs(values[row * steps + step]! - others[row * steps + step]!);
    }
  });
  return moves;
}

function meanWidth({ levels, values }: ForecastQuantiles): number {
  const steps = values.length / levels.length;
  let width = 0;
  for (let step = 0; step < steps; step++) {
    width += (values[values.length - steps + step]! - values[step]!) / steps;
  }
  if (width > 0) {
    return Math.min(Number.MAX_VALUE, width);
  }
  return Math.max(meanSize(values), Number.MIN_VALUE);
}

function meanSize(values: Float64Array): number {
  return values.reduce((sum, value) => sum + Math.abs(value) / values.length, 0);
}
