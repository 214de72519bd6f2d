import type { Config, RequestsConfig } from '../../config/index.ts';
import { HeadroomError } from '../../errors/index.ts';
import type { RequestTarget } from '../../scaling/index.ts';
import type { Acting } from '../acting/acting.ts';
import { RequestActor, type RequestView } from './requestActor.ts';
import type { RequestActorDeps } from './requestHands.ts';

export interface RequestActingDeps extends Omit<RequestActorDeps, 'view' | 'fence' | 'consent'> {
  readonly acting: Pick<Acting, 'consent' | 'leadership'>;
  readonly view: (workload: string) => ReturnType<RequestActorDeps['view']>;
  readonly createTarget: (config: RequestsConfig) => RequestTarget;
}

/** Requests of every workload that declares them, under the lease of acting. */
export class RequestActing {
  readonly #deps: RequestActingDeps;
  readonly #abort = new AbortController();
  #members = new Map<string, { readonly actor: RequestActor; readonly entry: string }>();

  constructor(deps: RequestActingDeps) {
    this.#deps = deps;
  }

  async configure({ workloads }: Pick<Config, 'workloads'>): Promise<void> {
    const former = this.#members;
    this.#members = new Map(
      workloads.flatMap(({ name, scaling: { requests } }) => {
        if (requests === undefined) {
          return [];
        }
        const entry = JSON.stringify(requests);
        const kept = former.get(name);
        return [[name, kept?.entry === entry ? kept : { actor: this.#create(name, requests), entry }] as const];
      })
    );
    const kept = new Set([...this.#members.values()].map(({ actor }) => actor));
    const gone = [...former.values()].filter(({ actor }) => !kept.has(actor));
    await Promise.all(gone.map(({ actor }) => actor.target.close()));
  }

  async turn(): Promise<void> {
    await Promise.all([...this.#members.values()].map(({ actor }) => actor.turn(this.#abort.signal)));
  }

  /** Throws ACTING_NO_TARGET where the workload declares no requests to set. */
  actor(workload: string): RequestActor {
    const member = this.#members.get(workload);
    if (member === undefined) {
      throw new HeadroomError('ACTING_NO_TARGET', { workload });
    }
    return member.actor;
  }

  /** How the requests of a workload stand; undefined where it declares none to set. */
  view(workload: string): RequestView | undefined {
    return this.#members.get(workload)?.actor.view();
  }

  /** Requests stay as they are: what was right for replicas is so without Headroom too. */
  async close(): Promise<void> {
    this.#abort.abort();
    await Promise.all([...this.#members.values()].map(({ actor }) => actor.target.close()));
  }

  #create(name: string, requests: RequestsConfig): RequestActor {
    const { acting, storage, nowSeconds, view, hooks, createTarget } = this.#deps;
    return new RequestActor(name, createTarget(requests), requests, {
      storage,
      consent: acting.consent,
      nowSeconds,
      view: () => view(name),
      hooks,
      fence: () => {
        const { leadership } = acting;
        const now = nowSeconds();
        return leadership.kind === 'acting' && leadership.sinceSeconds <= now && now < leadership.untilSeconds
          ? leadership.fence
          : undefined;
      },
    });
  }
}
