import { HeadroomError } from '../../errors/index.ts';
import type { History } from '../../forecasting/index.ts';
import type { CsvTable } from '../../sources/index.ts';
import { resampleMean, seriesSlice, type Series } from '../../timeseries/index.ts';
import type { OptionValues } from './optionValues.ts';

/** Columns that help to forecast others: `past` ones end with the history, `known` ones go on over the horizon. */
export interface CovariateNames {
  readonly past: readonly string[];
  readonly known: readonly string[];
}

export interface TableSelection {
  /** The columns to forecast; all that are no covariates where it is absent. */
  readonly columns?: readonly string[];
  readonly covariates: CovariateNames;
  /** Means of so many seconds are taken first. */
  readonly resampleSeconds?: number;
}

/** Reads `past:x,known:y`. */
export function covariateNames(values: OptionValues, text: string): CovariateNames {
  const names: { past: string[]; known: string[] } = { past: [], known: [] };
  for (const entry of values.names('--covariates', text)) {
    const [kind, ...rest] = entry.split(':');
    const column = rest.join(':');
    if ((kind !== 'past' && kind !== 'known') || column === '') {
      return values.fail(`--covariates must be past:COLUMN or known:COLUMN, parted by commas, not ${entry}`);
    }
    names[kind].push(column);
  }
  return names;
}

/**
 * The columns of a table as histories by name, with covariates and metadata, all over the whole table.
 *
 * Throws CSV_COLUMN_UNKNOWN, and USAGE where the table cannot be resampled so.
 */
export function tableHistories(
  table: CsvTable,
  { columns, covariates, resampleSeconds }: TableSelection,
  values: OptionValues
): ReadonlyMap<string, History> {
  const { stepSeconds } = table.grid;
  if (resampleSeconds !== undefined && !isMultiple(resampleSeconds, stepSeconds)) {
    values.fail(`--resample must be a multiple of the file's step of ${String(stepSeconds)} s`);
  }
  const seriesOf = (name: string): Series => {
    const series = { grid: table.grid, values: columnOf(table, name) };
    return resampleSeconds === undefined ? series : resampleMean(series, resampleSeconds);
  };
  const lanes = (names: readonly string[]): ReadonlyMap<string, Series> =>
    new Map(names.map((name) => [name, seriesOf(name)]));
  const past = lanes(covariates.past);
  const known = lanes(covariates.known);
  const targets = columns ?? [...table.columns.keys()].filter((name) => !past.has(name) && !known.has(name));
  if (targets.length === 0) {
    values.fail('there is no column left to forecast');
  }
  return new Map(
    targets.map((name) => [
      name,
      {
        target: seriesOf(name),
        ...(past.size === 0 ? {} : { pastCovariates: past }),
        ...(known.size === 0 ? {} : { knownCovariates: known }),
        metadata: { ...table.metadata, series: name },
      },
    ])
  );
}

/**
 * The histories cut off after the last instant at which one of them is measured: what follows can only be the known
 * covariates of the horizon.
 */
export function untilLastMeasured(histories: ReadonlyMap<string, History>): ReadonlyMap<string, History> {
  let length = 1;
  for (const { target } of histories.values()) {
    length = Math.max(length, target.values.findLastIndex((value) => !Number.isNaN(value)) + 1);
  }
  return new Map(
    Array.from(histories, ([name, history]) => {
      const { pastCovariates } = history;
      const past =
        pastCovariates &&
        new Map(Array.from(pastCovariates, ([lane, series]) => [lane, seriesSlice(series, 0, length)]));
      const target = seriesSlice(history.target, 0, length);
      return [name, { ...history, target, ...(past === undefined ? {} : { pastCovariates: past }) }];
    })
  );
}

function columnOf({ file, columns }: CsvTable, name: string): Float64Array {
  const column = columns.get(name);
  if (column === undefined) {
    throw new HeadroomError('CSV_COLUMN_UNKNOWN', { file, column: name, known: [...columns.keys()].join(', ') });
  }
  return column;
}

function isMultiple(seconds: number, stepSeconds: number): boolean {
  return Number.isInteger(Number((seconds / stepSeconds).toFixed(9))) && seconds >= stepSeconds;
}
