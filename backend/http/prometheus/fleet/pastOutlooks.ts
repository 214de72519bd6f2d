import type { Outlook } from '../../../allocation/index.ts';
import type { FleetView, RangeName, WorkloadView } from '../../../control/index.ts';

/** Numbers that are kept, some 64 MiB. */
const MOST_VALUES = 8_000_000;
/** What is read reaches to whole hours, so that the panels of a dashboard, and its next refresh, ask for the same. */
const HOUR_SECONDS = 3600;

interface Kept {
  readonly latest: Outlook | undefined;
  readonly fromSeconds: number;
  readonly toSeconds: number;
  readonly outlooks: Promise<readonly Outlook[]>;
  valueCount: number;
}

/**
 * Past outlooks, read once for all the queries that ask for the same time of a workload: there are no others until the
 * next one is issued. Without a latest one they are shared only while they are being read.
 */
export class PastOutlooks {
  readonly #fleet: FleetView;
  /** Least recently used first. */
  readonly #kept = new Map<string, Kept>();
  #valueCount = 0;

  constructor(fleet: FleetView) {
    this.#fleet = fleet;
  }

  /** Those with instants in [from, to] and maybe more, oldest issue first. */
  read(
    { config: { name } }: WorkloadView,
    latest: Outlook | undefined,
    fromSeconds: number,
    toSeconds: number,
    range?: RangeName
  ): Promise<readonly Outlook[]> {
    const key = `${range ?? 'day'} ${name}`;
    const known = this.#kept.get(key);
    if (
      known?.latest === latest &&
      known !== undefined &&
      known.fromSeconds <= fromSeconds &&
      known.toSeconds >= toSeconds
    ) {
      this.#kept.delete(key);
      this.#kept.set(key, known);
      return known.outlooks;
    }
    this.#drop(key);
    const from = Math.floor(fromSeconds / HOUR_SECONDS) * HOUR_SECONDS;
    const to = Math.ceil(toSeconds / HOUR_SECONDS) * HOUR_SECONDS;
    const outlooks = this.#fleet.pastOutlooks(name, from, to, range);
    const kept: Kept = { latest, fromSeconds: from, toSeconds: to, outlooks, valueCount: 0 };
    this.#kept.set(key, kept);
    outlooks.then(
      (read) => {
        if (this.#kept.get(key) !== kept) {
          return;
        }
        kept.valueCount = read.reduce((sum, outlook) => sum + valueCount(outlook), 0);
        this.#valueCount += kept.valueCount;
        if (latest === undefined) {
          this.#drop(key);
        }
        this.#makeRoom();
      },
      () => {
        if (this.#kept.get(key) === kept) {
          this.#drop(key);
        }
      }
    );
    return outlooks;
  }

  #makeRoom(): void {
    for (const key of this.#kept.keys()) {
      if (this.#valueCount <= MOST_VALUES) {
        return;
      }
      this.#drop(key);
    }
  }

  #drop(key: string): void {
    this.#valueCount -= this.#kept.get(key)?.valueCount ?? 0;
    this.#kept.delete(key);
  }
}

/** About how many numbers an outlook holds. */
function valueCount({ grid, series }: Outlook): number {
  const beside = 10;
  return series.reduce((sum, one) => sum + one.values.length + beside * grid.length, beside * grid.length);
}
