import { HeadroomError } from '../errors/index.ts';
import type { HistoryResult, SourceSeries } from '../forecasting/index.ts';
import { labelsKey, type Labels, type TimeGrid } from '../timeseries/index.ts';
import { counterResetCount } from './counterResetCount.ts';

/** Series in one answer; a query beyond it is a mistake, and would fill the memory. */
const SERIES_LIMIT = 1000;
const WARNING_LIMIT = 20;

/** What the assembly names in its errors and warnings. */
export interface AssemblyContext {
  readonly source: string;
  readonly url: string;
  readonly query: string;
}

/** Puts the parts of an answer (chunks of the grid, series by their labels) together to a HistoryResult. */
export class SeriesAssembly {
  readonly #grid: TimeGrid;
  readonly #context: AssemblyContext;
  readonly #series = new Map<string, { readonly labels: Labels; readonly values: Float64Array }>();
  readonly #warnings = new Set<string>();

  constructor(grid: TimeGrid, context: AssemblyContext) {
    this.#grid = grid;
    this.#context = context;
  }

  /** Writes a part's values from index `offset` of the grid on. Throws SOURCE_ANSWER_TOO_LARGE. */
  write(labels: Labels, offset: number, values: Float64Array): void {
    const key = labelsKey(labels);
    let series = this.#series.get(key);
    if (series === undefined) {
      if (this.#series.size >= SERIES_LIMIT) {
        const problem = `it has more than ${SERIES_LIMIT} series`;
        throw new HeadroomError('SOURCE_ANSWER_TOO_LARGE', { ...this.#context, problem });
      }
      series = { labels, values: new Float64Array(this.#grid.length).fill(Number.NaN) };
      this.#series.set(key, series);
    }
    series.values.set(values, offset);
  }

  warn(warning: string): void {
    this.#warnings.add(warning);
  }

  /** The series ordered by their labels; split by `by`, one for each of its values. Throws SOURCE_SERIES_AMBIGUOUS. */
  result(by: string | undefined): HistoryResult {
    const ordered = [...this.#series.entries()].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, entry]) => entry);
    if (by === undefined && ordered.length > 1) {
      this.warn(
        `the query has ${ordered.length} series where one is expected: aggregate it, for example with sum(...)`
      );
    }
    if (by !== undefined) {
      this.#requireUnique(by, ordered);
    }
    const resets = ordered.map(({ values }) => counterResetCount(values)).filter((count) => count > 0);
    if (resets.length > 0) {
      const count = resets.reduce((sum, each) => sum + each, 0);
      this.warn(`the query looks like a raw counter with ${count} reset(s): query its rate, for example rate(...[5m])`);
    }
    const series: SourceSeries[] = ordered.map(({ labels, values }) => ({
      labels,
      series: { grid: this.#grid, values },
    }));
    return { series, warnings: [...this.#warnings].slice(0, WARNING_LIMIT) };
  }

  #requireUnique(by: string, series: ReadonlyArray<{ readonly labels: Labels }>): void {
    const counts = new Map<string, number>();
    for (const { labels } of series) {
      const value = labels[by] ?? '';
      counts.set(value, (counts.get(value) ?? 0) + 1);
    }
    for (const [value, count] of counts) {
      if (count > 1) {
        const { source, query } = this.#context;
        throw new HeadroomError('SOURCE_SERIES_AMBIGUOUS', { source, query, label: by, value, count });
      }
    }
    if (counts.has('')) {
      this.warn(`one series of the query has no label ${by}; it counts as ${by}=""`);
    }
  }
}
