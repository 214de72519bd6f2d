import type { NearAdvice, NearPlan } from '../../allocation/index.ts';

/** Turns after which a plan of the next minutes is old. */
const STALE_TURNS = 3;

/** The latest plan of the next minutes, and whether it still holds. */
export class NearWatch {
  #plan: NearPlan | undefined;
  #reason: string | undefined;

  /** A new plan, or the reason why there is none; false where that was known. */
  take(plan: NearPlan | undefined, reason: string): boolean {
    if (plan === undefined && this.#reason !== undefined) {
      return false;
    }
    this.#plan = plan ?? this.#plan;
    this.#reason = plan === undefined ? reason : undefined;
    return true;
  }

  /** What it says at `nowSeconds`, with turns `intervalSeconds` apart; undefined where it never said anything. */
  advice(nowSeconds: number, intervalSeconds = 60): NearAdvice | undefined {
    const plan = this.#plan;
    if (plan === undefined) {
      return undefined;
    }
    const ageSeconds = Math.abs(nowSeconds - plan.issuedAtSeconds);
    const lost = this.#reason ?? (ageSeconds > STALE_TURNS * intervalSeconds ? 'the last one is old' : undefined);
    return { plan, ...(lost === undefined ? {} : { lost }) };
  }
}
