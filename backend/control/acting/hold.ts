import type { ScaleTarget, TargetState } from '../../scaling/index.ts';
import type { ActorDeps } from './actorDeps.ts';

const CALL_MS = 20_000;

/** How long what is set stays without word of Headroom: after that the watchdog gives it back. */
export class Hold {
  readonly #target: ScaleTarget;
  readonly #deps: Pick<ActorDeps, 'nowSeconds' | 'fence' | 'view'>;
  #renewedSeconds = Number.NEGATIVE_INFINITY;

  constructor(target: ScaleTarget, deps: Pick<ActorDeps, 'nowSeconds' | 'fence' | 'view'>) {
    this.#target = target;
    this.#deps = deps;
  }

  /** Until when what is set now stays. */
  get untilSeconds(): number {
    return this.#deps.nowSeconds() + this.#seconds();
  }

  /** A change took, which prolongs as well. */
  noteRenewed(): void {
    this.#renewedSeconds = this.#deps.nowSeconds();
  }

  /** Prolongs what stands, once a third of the time is over. */
  async renew(action: string, { setting, version }: TargetState, signal: AbortSignal): Promise<void> {
    const now = this.#deps.nowSeconds();
    const fence = this.#deps.fence();
    if (fence === undefined || Math.abs(now - this.#renewedSeconds) <= this.#seconds() / 3) {
      return;
    }
    await this.#target.apply(
      {
        action,
        fence,
        set: setting,
        ...(version === undefined ? {} : { expectedVersion: version }),
        holdUntilSeconds: this.untilSeconds,
        reason: 'held',
      },
      AbortSignal.any([signal, AbortSignal.timeout(CALL_MS)])
    );
    this.#renewedSeconds = now;
  }

  #seconds(): number {
    return this.#deps.view()?.config.scaling.handBackSeconds ?? 0;
  }
}
