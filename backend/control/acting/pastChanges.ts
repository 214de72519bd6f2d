import type { Decision } from '../../../contract/index.ts';
import type { PastChange, TargetSetting } from '../../scaling/index.ts';
import { APPLIED } from './actionEnd.ts';

const PAST_SECONDS = 86_400;
const CHANGES = new Set(['change', 'giveBack', 'rollback']);

/** The changes of a floor within a day, oldest first; those that failed are none. */
export class PastChanges {
  #changes: ReadonlyArray<PastChange & { readonly id: string }> = [];

  get all(): readonly PastChange[] {
    return this.#changes;
  }

  /** When the floor was lowered. */
  get loweredAtSeconds(): readonly number[] {
    return this.#changes.filter(({ from, to }) => to < from).map(({ atSeconds }) => atSeconds);
  }

  /** The first instant that is looked back to. */
  static sinceSeconds(nowSeconds: number): number {
    return nowSeconds - PAST_SECONDS;
  }

  /** `decisions` as the storage gives them: newest first. */
  restore(decisions: readonly Decision[]): void {
    this.#changes = decisions
      .filter(({ outcome, what }) => outcome === APPLIED && CHANGES.has(what))
      .map(changeOf)
      .reverse();
  }

  /** The same decision twice is noted once. */
  note(decision: Decision): void {
    const since = PastChanges.sinceSeconds(decision.at);
    const kept = this.#changes.filter(({ id, atSeconds }) => id !== decision.id && atSeconds > since);
    this.#changes = [...kept, changeOf(decision)];
  }
}

function changeOf({ id, at, before, after }: Decision): PastChange & { readonly id: string } {
  return { id, atSeconds: at, from: (before as TargetSetting).floor, to: (after as TargetSetting).floor };
}
