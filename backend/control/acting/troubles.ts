import { HeadroomError } from '../../errors/index.ts';
import type { ActorDeps } from './actorDeps.ts';
import { wordsOf } from './wordsOf.ts';

/** Why a workload's target could not be read or changed, in words, and what is told of it. */
export class Troubles {
  /** Why it could not be read. */
  read: string | undefined;
  /** Why it could not be changed, until a change takes or none is wanted any more. */
  act: string | undefined;
  /** Why the last turn did not come to its end. */
  turn: string | undefined;
  readonly #workload: string;
  readonly #deps: Pick<ActorDeps, 'nowSeconds' | 'hooks'>;

  constructor(workload: string, deps: Pick<ActorDeps, 'nowSeconds' | 'hooks'>) {
    this.#workload = workload;
    this.#deps = deps;
  }

  get problem(): string | undefined {
    return this.read ?? this.act ?? this.turn;
  }

  /** Notes a problem, and tells it once as long as it is the same. */
  fail(where: 'read' | 'act' | 'turn', error: unknown): void {
    const problem = wordsOf(error);
    if (![this.read, this.act, this.turn].includes(problem)) {
      this.tell('error', problem, error instanceof HeadroomError ? error.code : undefined);
    }
    this[where] = problem;
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
