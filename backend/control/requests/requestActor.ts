import type { Decision } from '../../../contract/index.ts';
import type { RequestsConfig } from '../../config/index.ts';
import { HeadroomError } from '../../errors/index.ts';
import type {
  RequestDecision,
  RequestSetting,
  RequestState,
  RequestTarget,
  TargetPreview,
} from '../../scaling/index.ts';
import type { Click } from '../acting/actorDeps.ts';
import { wordsOf } from '../acting/wordsOf.ts';
import { RequestClicks } from './requestClicks.ts';
import { RequestHands, type RequestActorDeps } from './requestHands.ts';
import { RequestTurn } from './requestTurn.ts';
import { Turns } from '../turns.ts';

export interface RequestView {
  readonly target: string;
  readonly state?: RequestState;
  readonly decision?: RequestDecision;
  readonly problem?: string;
}

/** Looks at one workload's requests, decides, acts, verifies and rolls back; turns and clicks never overlap. */
export class RequestActor {
  readonly workload: string;
  readonly target: RequestTarget;
  readonly #hands: RequestHands;
  readonly #turn: RequestTurn;
  readonly #clicks: RequestClicks;
  #problem: string | undefined;
  readonly #turns = new Turns();

  constructor(workload: string, target: RequestTarget, config: RequestsConfig, deps: RequestActorDeps) {
    this.workload = workload;
    this.target = target;
    this.#hands = new RequestHands(workload, target, config, deps);
    this.#turn = new RequestTurn(this.#hands, deps);
    this.#clicks = new RequestClicks(this.#hands, deps);
  }

  view(): RequestView {
    const { state, failure } = this.#hands;
    const problem = this.#problem ?? failure;
    const { decision } = this.#turn;
    return {
      target: this.target.name,
      ...(state === undefined ? {} : { state }),
      ...(decision === undefined ? {} : { decision }),
      ...(problem === undefined ? {} : { problem }),
    };
  }

  /** One look; what failed ends up in the view and, once, in the log. */
  turn(signal: AbortSignal): Promise<void> {
    return this.#turns.take(async () => {
      try {
        await this.#turn.run(signal);
        this.#problem = undefined;
      } catch (error) {
        if (!signal.aborted) {
          this.#fail(error);
        }
      }
    });
  }

  /** What approving would set, asked of the target without doing it. */
  preview(signal: AbortSignal): Promise<TargetPreview & { readonly set: RequestSetting }> {
    return this.#turns.take(() => this.#clicks.preview(signal));
  }

  /** Sets what is advised; the same key acts once. `check` throws where it must not be done any more. */
  apply(click: Click & { readonly check: () => void }, signal: AbortSignal): Promise<Decision> {
    return this.#turns.take(() => this.#clicks.apply(click, signal));
  }

  /** Gives back what its owner had set; the same key acts once. */
  rollBack(click: Click, signal: AbortSignal): Promise<Decision> {
    return this.#turns.take(() => this.#clicks.rollBack(click, signal));
  }

  #fail(error: unknown): void {
    const problem = wordsOf(error);
    if (problem !== this.#problem) {
      this.#hands.tell('error', problem, error instanceof HeadroomError ? error.code : undefined);
    }
    this.#problem = problem;
  }
}
