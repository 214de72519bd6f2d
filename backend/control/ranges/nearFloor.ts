import type { NearPlan } from '../../allocation/index.ts';
import { replicaStack, stackFloor, type ReplicaStack, type RowNeed, type RowNeeds } from '../../scaling/index.ts';
import { timeAt, type TimeGrid } from '../../timeseries/index.ts';

/** What one series asks for: of the present row, and of the rows ahead at the accepted risk, half and twice of it. */
export interface SeriesNeeds {
  readonly name: string;
  readonly present: number;
  readonly ahead: readonly [accepted: RowNeeds, half: RowNeeds, double: RowNeeds];
}

export interface NearFloorInput {
  readonly nowSeconds: number;
  /** The rows ahead. */
  readonly grid: TimeGrid;
  /** At least one. */
  readonly series: readonly SeriesNeeds[];
  /** Replicas that serve now. */
  readonly ready: number;
}

interface DecidedRows extends Pick<NearFloorInput, 'nowSeconds' | 'grid' | 'series'> {
  /** Nothing sooner can still be reached. */
  readonly reachableSeconds: number;
  readonly floorUntilSeconds: number;
  /** The index of the risk. */
  readonly risk: 0 | 1 | 2;
}

/**
 * The floor of the next minutes, decided turn by turn as the replay decides it, with what was asked for before.
 *
 * Each series carries its share of the risk, so that the sum of their shortfalls keeps to it.
 */
export class NearFloor {
  readonly #leadTimeSeconds: number;
  readonly #intervalSeconds: number;
  #stack: ReplicaStack | undefined;

  constructor(leadTimeSeconds: number, intervalSeconds: number) {
    this.#leadTimeSeconds = leadTimeSeconds;
    this.#intervalSeconds = intervalSeconds;
  }

  /** Decides now; what is decided counts as asked for. Where replicas of now are more than that, they stay asked for. */
  decide({ nowSeconds, grid, series, ready }: NearFloorInput): NearPlan {
    const stack = (this.#stack ??= replicaStack(this.#leadTimeSeconds, ready));
    const kept: ReplicaStack = {
      desired: stack.desired,
      readyAt: (seconds) => Math.max(ready, stack.readyAt(seconds)),
      decide: (seconds, count) => {
        stack.decide(seconds, count);
      },
    };
    const floorUntilSeconds = nowSeconds + this.#leadTimeSeconds + this.#intervalSeconds;
    const reachableSeconds = nowSeconds + this.#leadTimeSeconds;
    const floorAt = (risk: 0 | 1 | 2) =>
      stackFloor(
        rowsOf({ nowSeconds, reachableSeconds, floorUntilSeconds, grid, series, risk }, kept.desired),
        nowSeconds,
        this.#leadTimeSeconds,
        kept
      );
    const floor = floorAt(0);
    const [atHalfRisk, atDoubleRisk] = [floorAt(1), floorAt(2)];
    stack.decide(nowSeconds, Math.max(floor, ready));
    const rows = Array.from({ length: grid.length }, (_, row) => row);
    return {
      issuedAtSeconds: nowSeconds,
      grid,
      floor,
      floorUntilSeconds,
      needs: Int32Array.from(rows, (row) => most(series, row, 0)),
      shortfall: Float64Array.from(rows, (row) =>
        Math.min(
          1,
          series.reduce((sum, { ahead }) => sum + ahead[0].shortfall[row]!, 0)
        )
      ),
      series: decisive(series, grid, floorUntilSeconds),
      atHalfRisk,
      atDoubleRisk,
    };
  }
}

function most(series: readonly SeriesNeeds[], row: number, risk: 0 | 1 | 2): number {
  return series.reduce((count, { ahead }) => Math.max(count, ahead[risk].replicas[row]!), 0);
}

/**
 * The present row, and those whose last chance passes with this decision. Where there is none, the next one too, as far
 * as what was asked for before serves it: that is not given up to be asked for again.
 */
function* rowsOf(
  { nowSeconds, reachableSeconds, floorUntilSeconds, grid, series, risk }: DecidedRows,
  desired: number
): Generator<RowNeed> {
  if (timeAt(grid, 0) > nowSeconds) {
    yield {
      startSeconds: timeAt(grid, -1),
      replicas: series.reduce((count, { present }) => Math.max(count, present), 0),
    };
  }
  let row = Math.max(0, Math.floor((nowSeconds - grid.startSeconds) / grid.stepSeconds));
  for (; row < grid.length && timeAt(grid, row) < floorUntilSeconds; row++) {
    yield { startSeconds: timeAt(grid, row), replicas: most(series, row, risk) };
  }
  if (row > 0 && row < grid.length && timeAt(grid, row - 1) < reachableSeconds) {
    yield { startSeconds: timeAt(grid, row), replicas: Math.min(desired, most(series, row, risk)) };
  }
}

function decisive(series: readonly SeriesNeeds[], grid: TimeGrid, untilSeconds: number): string {
  const peak = ({ present, ahead }: SeriesNeeds) => {
    let count = present;
    for (let row = 0; row < grid.length && timeAt(grid, row) < untilSeconds; row++) {
      count = Math.max(count, ahead[0].replicas[row]!);
    }
    return count;
  };
  return series.reduce((first, next) => (peak(next) > peak(first) ? next : first)).name;
}
