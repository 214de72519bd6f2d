import type { ActorDeps } from './actorDeps.ts';
import type { Hands } from './hands.ts';
import { measuredNeed } from './measuredNeed.ts';
import type { ChangeCheck } from './objectionTo.ts';
import { sloNow } from './sloNow.ts';

/** What a change is held against, as things stand now. */
export function checkOf(hands: Hands, { consent, nowSeconds }: ActorDeps): ChangeCheck {
  const view = hands.requireView();
  const now = nowSeconds();
  return {
    workload: hands.workload,
    nowSeconds: now,
    isObserved: consent.modeOf(view.config) === 'observe',
    pause: consent.pauseOf(hands.workload),
    freezes: view.config.scaling.freezes,
    measured: measuredNeed(view, now, 1),
    isSloViolated: sloNow(view, now) === 'violated',
  };
}
