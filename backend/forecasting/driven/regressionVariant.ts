import type { Moments } from './blockMoments.ts';

const RIDGE = 1e-4;
const LAG_RIDGE = 3e-3;
const BEND_RIDGE = 3e-3;
const STRAIGHT_RIDGE = 1e6;

/** What a column is, and of which driver; `control` columns belong to none. */
export interface RegressionColumn {
  readonly role: 'control' | 'segment' | 'lag' | 'daily';
  readonly driver: number;
}

/** How rich a regression is. */
export interface Variant {
  readonly isBent: boolean;
  readonly hasLags: boolean;
  readonly isDaily: boolean;
}

/** The columns that a variant reads: 1 for each of them. */
export function usedColumns(columns: readonly RegressionColumn[], { hasLags, isDaily }: Variant): Uint8Array {
  return Uint8Array.from(columns, ({ role }) =>
    role === 'control' || role === 'segment' || (role === 'lag' && hasLags) || (role === 'daily' && isDaily) ? 1 : 0
  );
}

/** A little on all, more on lags and times of day, and on the differences between neighbouring segments of a driver. */
export function penaltyOf(
  columns: readonly RegressionColumn[],
  { weight }: Moments,
  { isBent }: Variant
): Float64Array {
  const size = columns.length;
  const penalty = new Float64Array(size * size);
  const bend = weight * (isBent ? BEND_RIDGE : STRAIGHT_RIDGE);
  columns.forEach(({ role, driver }, i) => {
    penalty[i * size + i]! += weight * (role === 'lag' || role === 'daily' ? LAG_RIDGE : RIDGE);
    const next = columns[i + 1];
    if (role === 'segment' && next?.role === 'segment' && next.driver === driver) {
      penalty[i * size + i]! += bend;
      penalty[(i + 1) * size + i + 1]! += bend;
      penalty[i * size + i + 1]! -= bend;
      penalty[(i + 1) * size + i]! -= bend;
    }
  });
  return penalty;
}
