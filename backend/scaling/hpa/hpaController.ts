import { DEFAULT_HPA_BEHAVIOR, type HpaBehavior } from './hpaBehavior.ts';
import { scaleEvents } from './scaleEvents.ts';
import { windowExtreme } from './windowExtreme.ts';

/** The bounds of an HPA at one sync; another controller may have moved them since the last. */
export interface HpaBounds {
  readonly min: number;
  readonly max: number;
}

/** An HPA's memory: its past recommendations and scale events. */
export interface HpaController {
  /** Replicas to ask for at `nowSeconds`, given those asked for so far and what the metric recommends. */
  sync(nowSeconds: number, current: number, recommended: number, bounds: HpaBounds): number;
}

/**
 * A controller that stabilises, then limits the rate, then clamps, as the code of Kubernetes does.
 *
 * It remembers the recommendation before stabilisation. `current` counts as recommended before the first sync.
 */
export function hpaController(current: number, behavior: HpaBehavior = DEFAULT_HPA_BEHAVIOR): HpaController {
  const { up, down } = behavior;
  const least = windowExtreme(up.stabilizationSeconds, (a, b) => a <= b);
  const largest = windowExtreme(down.stabilizationSeconds, (a, b) => a >= b);
  const events = scaleEvents(Math.max(0, ...[...up.policies, ...down.policies].map((each) => each.periodSeconds)));
  let isFirst = true;
  return {
    sync(nowSeconds, replicas, recommended, { min, max }) {
      if (isFirst) {
        least.add(nowSeconds - 1, current);
        largest.add(nowSeconds - 1, current);
        isFirst = false;
      }
      const upRecommended = least.add(nowSeconds, recommended);
      const downRecommended = largest.add(nowSeconds, recommended);
      const stabilized = Math.min(Math.max(replicas, upRecommended), downRecommended);
      const limited =
        stabilized > replicas
          ? Math.min(stabilized, events.most(nowSeconds, replicas, up))
          : Math.max(stabilized, events.least(nowSeconds, replicas, down));
      const desired = Math.max(min, Math.min(max, limited));
      events.note(nowSeconds, desired - replicas);
      return desired;
    },
  };
}
