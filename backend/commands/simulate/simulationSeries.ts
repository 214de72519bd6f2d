import { HeadroomError } from '../../errors/index.ts';
import type { CsvTable } from '../../sources/index.ts';
import { observedCount, type Series } from '../../timeseries/index.ts';

/** Demand, or a resource, as the file has it. */
export interface NamedSeries {
  readonly name: string;
  readonly history: Series;
}

/**
 * The columns to simulate, demand first (the file's first column where none is named).
 *
 * Throws CSV_COLUMN_UNKNOWN, USAGE for a column named twice, and FORECAST_HISTORY_EMPTY for one without a measurement.
 */
export function simulationSeries(
  { file, grid, columns }: CsvTable,
  column: string | undefined,
  resources: readonly string[]
): readonly NamedSeries[] {
  const known = [...columns.keys()];
  const names = [column ?? known[0] ?? '', ...resources];
  return names.map((name, index) => {
    const values = columns.get(name);
    if (values === undefined) {
      throw new HeadroomError('CSV_COLUMN_UNKNOWN', { file, column: name, known: known.join(', ') });
    }
    if (names.indexOf(name) !== index) {
      throw new HeadroomError('USAGE', { problem: `column ${name} is named twice`, command: 'simulate' });
    }
    const history = { grid, values };
    if (observedCount(history) === 0) {
      throw new HeadroomError('FORECAST_HISTORY_EMPTY', { series: name });
    }
    return { name, history };
  });
}
