import type { HistorySource } from '../../forecasting/index.ts';

const KEPT_SECONDS = 60;

/** What may be asked of each source, sorted; asked once a minute however many people type. */
export class KeptNames {
  readonly #nowSeconds: () => number;
  readonly #kept = new WeakMap<
    HistorySource,
    { readonly atSeconds: number; readonly names: Promise<readonly string[]> }
  >();

  constructor(nowSeconds: () => number) {
    this.#nowSeconds = nowSeconds;
  }

  /** `undefined` for a source that cannot tell. */
  async of(source: HistorySource): Promise<readonly string[] | undefined> {
    if (source.names === undefined) {
      return undefined;
    }
    const now = this.#nowSeconds();
    const kept = this.#kept.get(source);
    if (kept !== undefined && now - kept.atSeconds < KEPT_SECONDS && now >= kept.atSeconds) {
      return kept.names;
    }
    // Not the asker's signal: others wait for the same answer.
    const names = source.names(new AbortController().signal).then((each) => each.toSorted());
    this.#kept.set(source, { atSeconds: now, names });
    try {
      return await names;
    } catch (error) {
      this.#kept.delete(source);
      throw error;
    }
  }
}
