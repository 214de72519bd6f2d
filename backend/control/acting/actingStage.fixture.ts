import assert from 'node:assert/strict';
import type { Mode } from '../../../contract/index.ts';
import type { Config } from '../../config/index.ts';
import type { ScaleTarget, TargetSetting } from '../../scaling/index.ts';
import { HEADROOM } from './actorDeps.ts';
import type { ActionRecord } from './actionRecord.ts';
import { actingWorld, EPOCH, type ActingWorld } from './actingWorld.fixture.ts';
import { fakeHpa, fakeTarget, type FakeHpa, type FakeWrite, type TargetMood } from './fakeTarget.fixture.ts';
import { measuredNeed } from './measuredNeed.ts';
import { memoryStorage, type MemoryStorage } from './memoryStorage.fixture.ts';
import { sloNow } from './sloNow.ts';

const STORAGE_CALLS = new Set([
  'setting',
  'settings',
  'setSetting',
  'deleteSetting',
  'appendDecision',
  'decision',
  'decisions',
  'acquireLease',
  'renewLease',
]);

interface Incarnation {
  readonly world: ActingWorld;
  readonly isKilled: Promise<void>;
  killAfter: number;
}

/** What the source and the model say; the same for every sidecar. */
export interface Weather {
  floor: number;
  need: number;
  lie: ActingWorld['lie'];
  isStale: boolean;
  drift: number | undefined;
  historySeconds: number;
}

export const CALM: Weather = {
  floor: 10,
  need: 6,
  lie: undefined,
  isStale: false,
  drift: undefined,
  historySeconds: 20 * 86_400,
};

/** Two sidecars, one target, one storage, one clock; it holds every write at the target against the law of acting. */
export class ActingStage {
  now = EPOCH;
  weather: Weather = { ...CALM };
  isStuck = false;
  readonly hpa: FakeHpa;
  readonly memory: MemoryStorage = memoryStorage();
  readonly #config: Config;
  #owner: TargetSetting;
  #sidecars: Incarnation[] = [];
  #births = 0;
  #lastFence = 0;
  #broken: Error | undefined;
  #isStopping = false;
  /** Ids of the actions that changed the target, and whether the target is still the one they changed. */
  readonly #made = new Map<string, { isThere: boolean }>();
  /** Utilisation targets taken back without a record, which may be recorded later. */
  readonly #untuned = new Set<string>();

  private constructor(config: Config, isSoleOwner: boolean) {
    this.#config = config;
    this.hpa = fakeHpa({ isSoleOwner, replicas: 6, floor: isSoleOwner ? 6 : 2 });
    this.#owner = { floor: this.hpa.floor, utilization: 0.7 };
    this.hpa.onWrite = (write) => {
      try {
        this.#hold(write);
      } catch (error) {
        // What a target throws is a fault like others to whom it is thrown at.
        this.#broken ??= error as Error;
      }
    };
  }

  static async open(config: Config, isSoleOwner: boolean): Promise<ActingStage> {
    const stage = new ActingStage(config, isSoleOwner);
    stage.#sidecars = [await stage.#born(), await stage.#born()];
    return stage;
  }

  async turns(sidecar: number, count: number, stepSeconds: number): Promise<void> {
    for (let turn = 0; turn < count; turn++) {
      await this.#with(sidecar, (world) => world.acting.turn());
      this.now += stepSeconds;
      this.autoscale();
    }
  }

  /** What the reactive autoscaler makes of it, unless no replica comes. */
  autoscale(): void {
    const { hpa, isStuck } = this;
    const { need } = this.weather;
    if (isStuck || hpa.mood === 'gone') {
      return;
    }
    const wanted = hpa.isSoleOwner || Number.isNaN(need) ? hpa.floor : Math.ceil(need / hpa.utilization);
    hpa.replicas = Math.min(hpa.max, Math.max(hpa.floor, wanted));
  }

  async click(sidecar: number, kind: 'approve' | 'rollBack' | 'dismissed', key: string): Promise<void> {
    await this.#with(sidecar, async ({ acting, recommendation }) => {
      const asked = recommendation();
      const actor = acting.actor('shop');
      const signal = new AbortController().signal;
      const check = () => {
        assert.notEqual(kind, 'dismissed');
      };
      const click = () =>
        kind === 'rollBack'
          ? actor.rollBack(asked.id, { who: 'ana', key }, signal)
          : actor.approve(asked, { who: 'ana', key, check }, signal);
      const [first, second] = await Promise.allSettled([click(), click()]);
      if (first.status === 'fulfilled' && second.status === 'fulfilled') {
        assert.equal(first.value.id, second.value.id, 'one key, two actions');
      }
    });
  }

  async pause(sidecar: number, direction: 'out' | 'in' | 'both', isResumed: boolean): Promise<void> {
    await this.#with(sidecar, ({ acting: { consent } }) => {
      const ask = { scope: 'all', direction, who: 'bob', reason: 'night' };
      return (isResumed ? consent.resume(ask) : consent.pause(ask)).catch(() => undefined);
    });
    await this.#reread();
  }

  async setMode(sidecar: number, mode: Mode): Promise<void> {
    await this.#with(sidecar, ({ acting: { consent } }) =>
      consent.setMode(this.#config.workloads[0]!, mode, 'bob').catch(() => undefined)
    );
    await this.#reread();
  }

  async preview(sidecar: number): Promise<void> {
    const writes = this.hpa.writes.length;
    await this.#with(sidecar, async ({ acting, recommendation }) => {
      await acting
        .actor('shop')
        .preview(recommendation(), new AbortController().signal)
        .catch(() => undefined);
    });
    assert.equal(this.hpa.writes.length, writes, 'a preview wrote');
  }

  /** Somebody writes it by hand, or GitOps its manifest. */
  edit(setting: TargetSetting): void {
    const { hpa } = this;
    const floor = Math.min(hpa.max, setting.floor);
    // What nothing else scales has no autoscaler, and so no utilisation to set.
    const utilization = hpa.isSoleOwner ? hpa.utilization : (setting.utilization ?? hpa.utilization);
    if (hpa.mood === 'gone') {
      return;
    }
    // Who sets by hand just what Headroom set cannot be told from Headroom: the original stays what it was.
    const { held, original = { floor, utilization } } = hpa;
    this.#owner = {
      floor: held?.floor === floor ? original.floor : floor,
      utilization: held?.utilization === utilization ? original.utilization! : utilization,
    };
    hpa.floor = floor;
    hpa.utilization = utilization;
    hpa.version++;
  }

  get owner(): TargetSetting {
    return this.#owner;
  }

  /** Deleted; it comes back as its owner's manifest has it. */
  replace(isBack: boolean): void {
    const { hpa } = this;
    for (const made of this.#made.values()) {
      made.isThere = false;
    }
    hpa.mood = isBack ? 'well' : 'gone';
    hpa.floor = this.#owner.floor;
    hpa.utilization = this.#owner.utilization!;
    hpa.original = undefined;
    hpa.held = undefined;
    hpa.mark = undefined;
    hpa.version++;
  }

  set mood(mood: TargetMood) {
    if (this.hpa.mood !== 'gone') {
      this.hpa.mood = mood;
    }
  }

  killAfter(sidecar: number, calls: number): void {
    this.#sidecars[sidecar]!.killAfter = calls;
  }

  async restart(sidecar: number, isStopped: boolean): Promise<void> {
    if (isStopped) {
      this.#isStopping = true;
      await this.#with(sidecar, ({ acting }) => acting.close());
      this.#isStopping = false;
    }
    this.#sidecars[sidecar] = await this.#born();
  }

  /** Heals everything; then the world is as one clean actor would have made it, and each action recorded once. */
  async settle(): Promise<void> {
    if (this.hpa.mood === 'gone') {
      this.replace(true);
    }
    this.hpa.mood = 'well';
    this.hpa.isPaused = false;
    this.hpa.conflicts = [];
    this.memory.writeFault = undefined;
    this.memory.lockedCalls = 0;
    this.isStuck = false;
    this.weather = { ...CALM, floor: this.weather.floor };
    this.now += 86_400;
    this.#sidecars = [await this.#born()];
    await this.pause(0, 'both', true);
    await this.setMode(0, 'auto');
    this.autoscale();
    await this.turns(0, 26, 300);
    this.check();
    this.#requireRecords();
    const { min, max } = this.#config.workloads[0]!.scaling;
    const { hpa, weather } = this;
    const bottom = Math.max(min, hpa.isSoleOwner ? 0 : this.#owner.floor);
    const top = Math.max(bottom, Math.min(max, hpa.max));
    const measured = hpa.isSoleOwner ? Math.ceil(weather.need / 0.7 - 1e-9) : 0;
    const within = (floor: number) => Math.max(bottom, Math.min(top, floor));
    const [least, most] = [within(weather.floor), within(Math.max(weather.floor, measured))];
    const text = JSON.stringify({ hpa, least, most, decision: this.#sidecars[0]?.world.acting.view('shop')?.decision });
    // What is not worth a change stays.
    assert.ok(hpa.floor >= least && hpa.floor - most < Math.max(1, 0.1 * hpa.floor), `did not converge: ${text}`);
  }

  /** After every command. */
  check(): void {
    if (this.#broken !== undefined) {
      throw this.#broken;
    }
    const ids = this.hpa.writes.filter(({ action }) => this.#made.has(action)).map(({ action }) => action);
    assert.equal(new Set(ids).size, ids.length, 'one action, two writes');
  }

  #requireRecords(): void {
    const { made, kept } = this.memory;
    assert.deepEqual(
      [...kept.keys()].filter((key) => key.startsWith('acting/action/')),
      [],
      'an action without an end'
    );
    for (const [id, { isThere }] of this.#made) {
      const decision = made.get(id);
      assert.ok(decision !== undefined, `write ${id} was never recorded`);
      if (isThere) {
        assert.doesNotMatch(decision.outcome, /it was not made|in time|not set so/, `${id} was made`);
      }
    }
    for (const { id, what, outcome } of made.values()) {
      if (outcome === 'applied' && (what === 'change' || what === 'rollback')) {
        const isNothing = what === 'rollback' && !this.#made.has(id);
        assert.ok(
          isNothing || this.#made.has(id) || this.#untuned.has(id),
          `${what} ${id} is recorded, and was never made`
        );
      }
    }
  }

  async #reread(): Promise<void> {
    for (const which of this.#sidecars.keys()) {
      await this.#with(which, ({ acting }) => acting.consent.restore().catch(() => undefined));
    }
  }

  async #with(sidecar: number, task: (world: ActingWorld) => Promise<unknown>): Promise<void> {
    const one = this.#sidecars[sidecar % this.#sidecars.length]!;
    const { world } = one;
    world.now = this.now;
    const { floor, need, lie, drift, historySeconds, isStale } = this.weather;
    Object.assign(world, { floor, need, lie, drift, historySeconds });
    world.health = isStale
      ? { state: 'stale', problem: 'the last forecast is old', lastSuccessAt: null }
      : { state: 'ok', problem: null, lastSuccessAt: EPOCH };
    this.#acting = world;
    const outcome = await Promise.race([task(world).then(() => 'done'), one.isKilled.then(() => 'killed')]);
    if (outcome === 'killed') {
      this.#sidecars[sidecar % this.#sidecars.length] = await this.#born();
    }
  }

  #acting: ActingWorld | undefined;

  async #born(): Promise<Incarnation> {
    let kill = (): void => undefined;
    const isKilled = new Promise<void>((resolve) => {
      kill = resolve;
    });
    const life = { killAfter: Number.POSITIVE_INFINITY };
    const mortal = <T extends object>(object: T, isCall: (name: string) => boolean): T =>
      new Proxy(object, {
        get: (self, name) => {
          const member: unknown = Reflect.get(self, name);
          return typeof member !== 'function' || !isCall(String(name))
            ? member
            : async (...args: unknown[]): Promise<unknown> => {
                // Even: it dies before the call does anything, odd: when it is done.
                life.killAfter -= 2;
                const never = new Promise(() => undefined);
                if (life.killAfter <= -2) {
                  kill();
                  return never;
                }
                const answer: unknown = await Reflect.apply(member, self, args);
                if (life.killAfter < 0) {
                  kill();
                  return never;
                }
                return answer;
              };
        },
      });
    const { writeFault, lockedCalls } = this.memory;
    // A start that the storage refuses is tried again by whoever starts it.
    Object.assign(this.memory, { writeFault: undefined, lockedCalls: 0 });
    const target: ScaleTarget = mortal(fakeTarget(this.hpa), (name) => name === 'read' || name === 'apply');
    const world = await actingWorld(this.#config, {
      storage: mortal(this.memory.storage, (name) => STORAGE_CALLS.has(name)),
      hpa: this.hpa,
      now: this.now,
      holder: String(++this.#births),
      target,
    });
    Object.assign(this.memory, { writeFault, lockedCalls });
    return Object.assign(life, { world, isKilled });
  }

  /** The law, held against one write at the moment it is made. */
  #hold({ action, fence, before, after }: FakeWrite): void {
    const world = this.#acting!;
    const { scaling } = this.#config.workloads[0]!;
    const text = this.memory.kept.get(`acting/action/shop/${action}`);
    const intent = text === undefined ? undefined : (JSON.parse(text) as ActionRecord);
    const told = JSON.stringify({ before, after, intent, weather: this.weather, owner: this.#owner });
    const { hpa } = this;
    assert.ok(fence >= this.#lastFence, `an old fence wrote: ${told}`);
    this.#lastFence = fence;
    const view = world.view();
    const mode = world.acting.consent.modeOf(view.config);
    const pause = world.acting.consent.pauseOf('shop');
    const [isOutPaused, isInPaused] = [pause.out || hpa.isPaused, pause.in || hpa.isPaused];
    const { isStale, drift = 1, historySeconds } = this.weather;
    const isFresh = !isStale && drift <= 1 && historySeconds > 86_400;
    const isViolated = sloNow(view, world.now) === 'violated';
    const isMeasured = measuredNeed(view, world.now, 1).kind === 'observed';
    assert.ok(hpa.isSoleOwner || after.floor >= this.#owner.floor, `below the owner's floor: ${told}`);
    assert.ok(after.floor <= hpa.max, `above the ceiling: ${told}`);
    const isRelaxed = after.utilization! > this.#owner.utilization!;
    if (isRelaxed) {
      assert.ok(isFresh && mode !== 'observe' && !isOutPaused && !isInPaused, `relaxed without a forecast: ${told}`);
    }
    const isStorageLost = this.memory.writeFault !== undefined || this.memory.refusals > 0;
    if (intent === undefined && isStorageLost && before.utilization !== after.utilization) {
      const untuned = { ...before, utilization: this.#owner.utilization };
      assert.deepEqual(after, untuned, `unrecorded, and not what only adds capacity: ${told}`);
      this.#untuned.add(action);
      return;
    }
    if (intent === undefined) {
      assert.deepEqual(after, before, `a change without an intent: ${told}`);
      assert.notEqual(mode, 'observe', `renewed in mode observe: ${told}`);
      return;
    }
    assert.ok(!this.#made.has(action), `one action, two writes: ${told}`);
    this.#made.set(action, { isThere: true });
    const { kind, who } = intent;
    if (isRelaxed) {
      assert.ok(isMeasured && !isViolated && after.floor >= this.weather.floor, `relaxed uncovered: ${told}`);
    }
    if (mode === 'observe' && !this.#isStopping) {
      assert.equal(kind, 'giveBack', `acted in mode observe: ${told}`);
    }
    if (after.floor > before.floor) {
      assert.ok(!isOutPaused, `raised while that is paused: ${told}`);
      assert.ok(kind === 'rollback' || after.floor >= Math.min(scaling.min, hpa.max), `raised below min: ${told}`);
      assert.ok(after.floor <= Math.max(scaling.max, this.#owner.floor), `raised above max: ${told}`);
      const isApproved = mode === 'approve' || this.memory.kept.has('acting/approval/shop');
      assert.ok(kind === 'rollback' || who !== HEADROOM || isFresh || isApproved, `raised on none: ${told}`);
    }
    if (after.floor < before.floor) {
      const isAsked = mode === 'observe' || (isOutPaused && isInPaused);
      assert.ok(isAsked || !isInPaused, `lowered while that is paused: ${told}`);
      const isHandedBack = kind === 'giveBack' && (!isFresh || mode === 'approve' || hpa.conflicts.length > 0);
      if (!isAsked && !this.#isStopping) {
        assert.ok(!isViolated, `lowered while the SLO is violated: ${told}`);
        assert.ok(isHandedBack || isMeasured, `lowered on missing data: ${told}`);
      }
    }
  }
}
