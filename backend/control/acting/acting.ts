import type { RecommendationAnswer } from '../../../contract/index.ts';
import { DEFAULTS, type Config, type FleetConfig, type WorkloadConfig } from '../../config/index.ts';
import { HeadroomError } from '../../errors/index.ts';
import type { ScaleTarget } from '../../scaling/index.ts';
import type { Storage } from '../../storage/index.ts';
import type { FleetHooks } from '../fleetHooks.ts';
import type { FleetView } from '../fleetView.ts';
import type { ActionRecord } from './actionRecord.ts';
import { Actor } from './actor.ts';
import type { ActingView } from './actorDeps.ts';
import { Consent } from './consent.ts';
import { wordsOf } from './wordsOf.ts';

const LEASE = 'acting';
const LEASE_SECONDS = 60;
const STOP_MS = 10_000;

export interface ActingDeps {
  readonly storage: Storage;
  readonly fleet: FleetView;
  readonly nowSeconds: () => number;
  /** Throws a HeadroomError where the target cannot be made. */
  readonly createTarget: (config: WorkloadConfig) => ScaleTarget;
  readonly hooks: Pick<FleetHooks, 'event'>;
  /** This process at this start, among all that share the storage. */
  readonly holder: string;
  /** A recommendation was carried out. */
  readonly onApplied: (recommendation: string, answer: RecommendationAnswer) => Promise<unknown>;
  readonly onAction?: (action: {
    readonly workload: string;
    readonly kind: ActionRecord['kind'];
    readonly direction: ActionRecord['direction'];
    readonly outcome: string;
  }) => void;
}

/** Who acts among the Headrooms that share a storage. */
export type Leadership =
  | { readonly kind: 'acting'; readonly fence: number; readonly sinceSeconds: number; readonly untilSeconds: number }
  | { readonly kind: 'waiting'; readonly holder: string | null }
  | { readonly kind: 'unknown'; readonly problem: string };

interface Member {
  readonly actor: Actor;
  /** Its target's declaration. */
  readonly entry: string;
}

/** The acting part of the loop: an actor for each workload with a target, of which one Headroom at a time acts. */
export class Acting {
  readonly consent: Consent;
  readonly #deps: ActingDeps;
  readonly #abort = new AbortController();
  #actors = new Map<string, Member>();
  #broken = new Map<string, string>();
  #fleet: FleetConfig = DEFAULTS.fleet;
  #leadership: Leadership = { kind: 'waiting', holder: null };
  #turning: Promise<void> | undefined;
  #storageProblem: unknown;
  /** Requests are set under the same lease. */
  #hasRequests = false;

  constructor(deps: ActingDeps) {
    this.#deps = deps;
    this.consent = new Consent(deps.storage, deps.nowSeconds);
  }

  get leadership(): Leadership {
    return this.#leadership;
  }

  /** Takes up what the storage kept of modes and pauses. */
  async restore(): Promise<void> {
    await this.consent.restore();
  }

  /** Puts the targets of a configuration in force; one that cannot be made costs itself. */
  async configure({ workloads, fleet }: Pick<Config, 'workloads' | 'fleet'>): Promise<void> {
    this.#fleet = fleet;
    this.#hasRequests = workloads.some(({ scaling }) => scaling.requests !== undefined);
    const actors = new Map<string, Member>();
    this.#broken = new Map();
    for (const config of workloads) {
      const { target } = config.scaling;
      if (target === undefined) {
        continue;
      }
      const entry = JSON.stringify(target);
      const kept = this.#actors.get(config.name);
      if (kept?.entry === entry) {
        actors.set(config.name, kept);
        continue;
      }
      try {
        actors.set(config.name, { actor: this.#createActor(config), entry });
      } catch (error) {
        this.#broken.set(config.name, wordsOf(error));
      }
    }
    const gone = [...this.#actors.values()].filter(({ actor }) => actors.get(actor.workload)?.actor !== actor);
    // What takes over a workload begins when the one before has given everything back.
    this.#actors = new Map([...actors].filter(([name, { actor }]) => this.#actors.get(name)?.actor === actor));
    for (const { actor } of gone) {
      await actor
        .giveBack({ code: 'removed', text: 'The workload no longer names this target' }, AbortSignal.timeout(STOP_MS))
        .catch((error: unknown) => {
          this.#tell(error, actor.workload);
        });
      await actor.target.close();
    }
    this.#actors = actors;
  }

  /** One look at every workload; while one is under way, joins it. */
  async turn(): Promise<void> {
    this.#turning ??= this.#turn().finally(() => {
      this.#turning = undefined;
    });
    await this.#turning;
  }

  /** The actor of a workload; throws ACTING_NO_TARGET, or why its target cannot be made. */
  actor(workload: string): Actor {
    const found = this.#actors.get(workload)?.actor;
    if (found === undefined) {
      const problem = this.#broken.get(workload);
      throw problem === undefined
        ? new HeadroomError('ACTING_NO_TARGET', { workload })
        : new HeadroomError('TARGET_SETTINGS_INVALID', { target: workload, problem });
    }
    return found;
  }

  /** How the scaling of a workload stands; undefined where it has no target. */
  view(workload: string): ActingView | undefined {
    return this.#actors.get(workload)?.actor.view();
  }

  /** Why a workload's target could not be made. */
  problemOf(workload: string): string | undefined {
    return this.#broken.get(workload);
  }

  /** Throws ACTING_ELSEWHERE where another Headroom acts. */
  requireLeadership(): void {
    if (this.#fence() === undefined) {
      const { kind } = this.#leadership;
      const holder =
        this.#leadership.kind === 'waiting' ? (this.#leadership.holder ?? 'nobody yet') : `the lease is ${kind}`;
      throw new HeadroomError('ACTING_ELSEWHERE', { holder });
    }
  }

  /** Gives back what is held, as far as the targets answer in time, and the lease. */
  async close(): Promise<void> {
    this.#abort.abort();
    await this.#turning?.catch(() => undefined);
    const deadline = AbortSignal.timeout(STOP_MS);
    await Promise.all(
      [...this.#actors.values()].map(async ({ actor }) => {
        await actor
          .giveBack({ code: 'stopped', text: 'Given back: Headroom stops' }, deadline)
          .catch((error: unknown) => {
            this.#tell(error, actor.workload);
          });
        await actor.target.close();
      })
    );
    if (this.#leadership.kind === 'acting') {
      const { fence } = this.#leadership;
      this.#leadership = { kind: 'waiting', holder: null };
      await this.#deps.storage
        .releaseLease({ name: LEASE, holder: this.#deps.holder, token: fence })
        .catch((error: unknown) => {
          this.#tell(error);
        });
    }
  }

  async #turn(): Promise<void> {
    if (this.#actors.size === 0 && !this.#hasRequests) {
      return;
    }
    await this.#lead();
    // People may have clicked at another Headroom; what cannot be read stays as it was known.
    await this.consent.restore().catch((error: unknown) => {
      this.#tell(error);
    });
    await Promise.all([...this.#actors.values()].map(({ actor }) => actor.restore()));
    const { signal } = this.#abort;
    await Promise.all([...this.#actors.values()].map(({ actor }) => actor.turn(signal)));
  }

  async #lead(): Promise<void> {
    const { storage, holder, nowSeconds } = this.#deps;
    const ask = { name: LEASE, holder, nowSeconds: nowSeconds(), ttlSeconds: LEASE_SECONDS };
    try {
      const held =
        this.#leadership.kind === 'acting'
          ? await storage.renewLease({ ...ask, token: this.#leadership.fence })
          : await storage.acquireLease(ask);
      const lease = held.held || this.#leadership.kind !== 'acting' ? held : await storage.acquireLease(ask);
      this.#leadership = lease.held
        ? { kind: 'acting', fence: lease.token, sinceSeconds: ask.nowSeconds, untilSeconds: lease.expiresSeconds }
        : { kind: 'waiting', holder: lease.holder };
      this.#storageProblem = undefined;
    } catch (error) {
      this.#storageProblem = error;
      // A lease that may not have been prolonged holds until its end, not longer.
      if (this.#fence() === undefined) {
        this.#leadership = { kind: 'unknown', problem: wordsOf(error) };
      }
      this.#tell(error);
    }
  }

  #fence(): number | undefined {
    const now = this.#deps.nowSeconds();
    const leadership = this.#leadership;
    // Before the instant it was given at, the clock has jumped back: nobody knows how long it lasts.
    return leadership.kind === 'acting' && leadership.sinceSeconds <= now && now < leadership.untilSeconds
      ? leadership.fence
      : undefined;
  }

  #createActor(config: WorkloadConfig): Actor {
    const { storage, fleet, nowSeconds, hooks, onAction, onApplied, createTarget } = this.#deps;
    const { name } = config;
    return new Actor(name, createTarget(config), {
      storage,
      consent: this.consent,
      nowSeconds,
      view: () => fleet.workload(name),
      fleet: () => this.#fleet,
      others: () => this.#others(name),
      fence: () => this.#fence(),
      storageProblem: () => this.#storageProblem,
      hooks,
      onApplied: async (recommendation, { who, at }) => {
        await onApplied(recommendation, { who, at, reason: '', until: null });
      },
      onAction: (kind, direction, outcome) => {
        onAction?.({ workload: name, kind, direction, outcome });
      },
    });
  }

  #others(name: string): { readonly others: number; readonly loweredOfLate: number } {
    const sinceSeconds = this.#deps.nowSeconds() - this.#fleet.lowerSeconds;
    const others = [...this.#actors.values()].filter(({ actor }) => actor.workload !== name);
    return {
      others: others.length,
      loweredOfLate: others.filter(({ actor }) => actor.isLoweredSince(sinceSeconds)).length,
    };
  }

  #tell(error: unknown, workload?: string): void {
    this.#deps.hooks.event({
      atSeconds: this.#deps.nowSeconds(),
      level: 'warn',
      what: 'scaling',
      ...(workload === undefined ? {} : { workload }),
      ...(error instanceof HeadroomError ? { code: error.code } : {}),
      message: wordsOf(error),
    });
  }
}
