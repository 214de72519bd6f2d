import type { Mode } from '../../../contract/index.ts';
import type { MeasuredNeed, ScalingDecision, ScalingSituation, TargetState } from '../../scaling/index.ts';
import type { WorkloadView } from '../fleetView.ts';
import type { ActorDeps } from './actorDeps.ts';
import { askedNow } from './askedNow.ts';
import type { Hands } from './hands.ts';
import { measuredNeed } from './measuredNeed.ts';
import { policyOf } from './policyOf.ts';
import type { SeenTarget } from './seenTarget.ts';
import { Shadow } from './shadow.ts';
import { sloNow } from './sloNow.ts';
import { testedPolicy, testedWish } from './tested.ts';
import { Wishes } from './wishes.ts';
import { wishOf } from './wishOf.ts';
import { wordsOf } from './wordsOf.ts';

/** What a workload's decisions rest on, turn by turn: what is known now, and what was wished for and would have been done. */
export class Situations {
  readonly #hands: Hands;
  readonly #deps: ActorDeps;
  readonly #wishes: Wishes;
  readonly #shadow: Shadow;

  constructor(hands: Hands, deps: ActorDeps) {
    this.#hands = hands;
    this.#deps = deps;
    this.#wishes = new Wishes(hands.workload, deps.storage);
    this.#shadow = new Shadow(hands.workload, deps.storage);
  }

  async restore(): Promise<void> {
    await this.#wishes.restore();
    await this.#shadow.restore();
  }

  /** What is known now; with what was wished for before. */
  of(view: WorkloadView, mode: Mode, seen: SeenTarget): ScalingSituation {
    const { nowSeconds, fleet, consent, others } = this.#deps;
    const now = nowSeconds();
    const policy = testedPolicy(view, policyOf(view.config, fleet()));
    const state = seen.kind === 'read' ? seen.state : undefined;
    const isShadowed = mode === 'observe' && state !== undefined && !state.isHeld;
    const { approval } = this.#hands;
    const measured = measuredNeed(view, now, policy.reactiveUtilization);
    const forecast = testedWish(view, wishOf(view, now), measured, state);
    const present = askedNow(forecast, mode, approval, now, view.config.scaling.leadTimeSeconds);
    const wish = this.#wishes.next(present, {
      nowSeconds: now,
      stabilizationSeconds: policy.stabilizationSeconds,
      standing: state?.setting.floor,
      hasConflict: (state?.conflicts.length ?? 0) > 0,
    });
    const { lostSince } = this.#wishes;
    return {
      nowSeconds: now,
      policy,
      wish,
      measured,
      isSloViolated: sloNow(view, now) === 'violated',
      ...(lostSince === undefined ? {} : { conflictSinceSeconds: lostSince }),
      target:
        seen.kind === 'unread'
          ? { kind: 'unread', reason: wordsOf(seen.error) }
          : isShadowed
            ? this.#shadow.seen(seen.state)
            : seen,
      // In mode observe nothing is held: what was held before goes back.
      pause:
        mode === 'observe' && state?.isHeld === true
          ? { out: true, in: true, reason: 'the mode is observe' }
          : consent.pauseOf(this.#hands.workload),
      past: mode === 'observe' ? this.#shadow.past : this.#hands.past.all,
      get fleet() {
        return others();
      },
    };
  }

  /** Keeps since when nothing can be built on a forecast. */
  keep(): Promise<void> {
    return this.#wishes.keep();
  }

  /** Follows a decision that nobody carries out. */
  wouldFollow(
    decision: ScalingDecision,
    nowSeconds: number,
    measured: MeasuredNeed,
    state: TargetState
  ): Promise<void> {
    return this.#shadow.follow(decision, nowSeconds, measured, state);
  }
}
