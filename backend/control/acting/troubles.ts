import { HeadroomError } from '../../errors/index.ts';
import type { ActorDeps } from './actorDeps.ts';
import { wordsOf } from './wordsOf.ts';

/** Why a workload's target could not be read or changed, in words, and what is told of it. */
export class Troubles {
  /** Why it could not be read. */
  read: string | undefined;
  /** Why it could not be changed. */
  act: string | undefined;
  readonly #workload: string;
  readonly #deps: Pick<ActorDeps, 'nowSeconds' | 'hooks'>;

  constructor(workload: string, deps: Pick<ActorDeps, 'nowSeconds' | 'hooks'>) {
    this.#workload = workload;
    this.#deps = deps;
  }

  get problem(): string | undefined {
    return this.read ?? this.act;
  }

  /** Tells a problem once as long as it is the same; gives it back in words. */
  fail(error: unknown): string {
    const problem = wordsOf(error);
    if (problem !== this.problem) {
      this.tell('error', problem, error instanceof HeadroomError ? error.code : undefined);
    }
    this.act = problem;
    return problem;
  }

  tell(level: 'info' | 'warn' | 'error', message: string, code?: string): void {
    this.#deps.hooks.event({
      atSeconds: this.#deps.nowSeconds(),
      level,
      what: 'scaling',
      workload: this.#workload,
      ...(code === undefined ? {} : { code }),
      message,
    });
  }
}
