import { createHash } from 'node:crypto';
import type { Decision, Mode, Plan, Reason, Recommendation } from '../../../contract/index.ts';
import type { FleetConfig } from '../../config/index.ts';
import { HeadroomError } from '../../errors/index.ts';
import {
  decideScaling,
  type MeasuredNeed,
  type PastChange,
  type ScaleTarget,
  type ScalingDecision,
  type ScalingSituation,
  type ScalingWish,
  type TargetPreview,
  type TargetSetting,
  type TargetState,
} from '../../scaling/index.ts';
import type { Storage } from '../../storage/index.ts';
import type { FleetHooks } from '../fleetHooks.ts';
import type { WorkloadView } from '../fleetView.ts';
import type { ActionRecord } from './actionRecord.ts';
import { approvedFloor, approvalKey, approvalSchema, type Approval } from './approval.ts';
import type { Consent } from './consent.ts';
import { measuredNeed } from './measuredNeed.ts';
import { policyOf } from './policyOf.ts';
import { Shadow } from './shadow.ts';
import { settingOf, Transactions, wordsOf, type ActionEnd } from './transactions.ts';
import { Watch } from './watch.ts';
import { wishOf } from './wishOf.ts';

/** Who acts where nobody clicked. */
export const HEADROOM = 'headroom';
const READ_MS = 20_000;
const FIRST_PAUSE_SECONDS = 30;
const LONGEST_PAUSE_SECONDS = 900;
/** Nothing is tried again for so long after a change was rolled back. */
const AFTER_ROLLBACK_SECONDS = 1800;
const PAST_SECONDS = 86_400;

export interface ActorDeps {
  readonly storage: Storage;
  readonly consent: Consent;
  readonly nowSeconds: () => number;
  readonly view: () => WorkloadView | undefined;
  readonly fleet: () => FleetConfig;
  /** Other workloads that are acted on, and how many of them were lowered within the blast radius. */
  readonly others: () => { readonly others: number; readonly loweredOfLate: number };
  readonly fence: () => number | undefined;
  readonly hooks: Pick<FleetHooks, 'event'>;
  /** A recommendation was carried out. */
  readonly onApplied: (recommendation: string, decision: Decision) => Promise<void>;
  readonly onAction: (kind: ActionRecord['kind'], direction: ActionRecord['direction'], outcome: string) => void;
}

/** A person's click: the same key acts once. */
export interface Click {
  readonly who: string;
  readonly key: string;
}

/** How a workload's scaling stands, as the rim shows it. */
export interface ActingView {
  readonly mode: Mode;
  readonly target: { readonly kind: string; readonly name: string; readonly isExperimental: boolean };
  readonly state?: TargetState;
  /** What was decided last, in every mode. */
  readonly decision?: ScalingDecision;
  readonly decidedAt?: number;
  /** Why the target could not be read or changed, in words. */
  readonly problem?: string;
  readonly isUnsure: boolean;
  readonly approval?: Approval;
  readonly isWatching: boolean;
}

/** Decides, acts, watches and rolls back for one workload; `turn` is one look, and turns never overlap. */
export class Actor {
  readonly workload: string;
  readonly #target: ScaleTarget;
  readonly #deps: ActorDeps;
  readonly #transactions: Transactions;
  readonly #watch: Watch;
  readonly #shadow: Shadow;
  #state: TargetState | undefined;
  #problem: string | undefined;
  #decision: ScalingDecision | undefined;
  #decidedAt: number | undefined;
  #approval: Approval | undefined;
  #past: PastChange[] = [];
  #wishes: Array<{ readonly atSeconds: number; readonly floor: number }> = [];
  #lostSince: { readonly code: string; readonly sinceSeconds: number } | undefined;
  /** Nothing is tried before this, after a failure. */
  #restUntilSeconds = Number.NEGATIVE_INFINITY;
  #failures = 0;
  #renewedSeconds = Number.NEGATIVE_INFINITY;
  #isRestored = false;
  #turning: Promise<unknown> = Promise.resolve();

  constructor(workload: string, target: ScaleTarget, deps: ActorDeps) {
    this.workload = workload;
    this.#target = target;
    this.#deps = deps;
    this.#transactions = new Transactions(workload, {
      ...deps,
      recorded: (decision, { recommendation }) => this.#recorded(decision, recommendation),
    });
    this.#watch = new Watch(workload, deps.storage);
    this.#shadow = new Shadow(workload, deps.storage);
  }

  get target(): ScaleTarget {
    return this.#target;
  }

  /** When floors were lowered, newest last. */
  get loweredAtSeconds(): readonly number[] {
    return this.#past.filter(({ from, to }) => to < from).map(({ atSeconds }) => atSeconds);
  }

  view(): ActingView {
    const config = this.#deps.view()?.config;
    const { kind, name, ability } = this.#target;
    return {
      mode: config === undefined ? 'observe' : this.#deps.consent.modeOf(config),
      target: { kind, name, isExperimental: ability.isExperimental },
      ...(this.#state === undefined ? {} : { state: this.#state }),
      ...(this.#decision === undefined ? {} : { decision: this.#decision }),
      ...(this.#decidedAt === undefined ? {} : { decidedAt: this.#decidedAt }),
      ...(this.#problem === undefined ? {} : { problem: this.#problem }),
      isUnsure: this.#transactions.isOpen(),
      ...(this.#approval === undefined ? {} : { approval: this.#approval }),
      isWatching: this.#watch.record !== undefined,
    };
  }

  /** One look. Never rejects for what target or storage did: that ends up in the view and the hooks. */
  turn(signal: AbortSignal): Promise<void> {
    return this.#inTurn(async () => {
      try {
        await this.#turn(signal);
      } catch (error) {
        if (!signal.aborted) {
          this.#fail(error);
        }
      }
    });
  }

  /** What approving would change, asked of the target without doing it. */
  async preview(
    recommendation: Recommendation,
    signal: AbortSignal
  ): Promise<TargetPreview & { readonly set: TargetSetting }> {
    return this.#inTurn(async () => {
      await this.#restore();
      const state = await this.#read(signal);
      const set = this.#settingFor(recommendation, state);
      const preview = await this.#target.preview(
        {
          action: 'preview',
          fence: this.#deps.fence() ?? state.mark?.fence ?? 0,
          set,
          ...(state.version === undefined ? {} : { expectedVersion: state.version }),
          holdUntilSeconds: this.#holdUntil(),
          reason: 'preview',
        },
        signal
      );
      return { ...preview, set };
    });
  }

  /**
   * Does what a recommendation proposes; the same key acts once, also after a crash in between. `check` throws where it
   * must not be done, and is not asked for what is done already.
   */
  async approve(
    recommendation: Recommendation,
    { who, key, check }: Click & { readonly check: () => void },
    signal: AbortSignal
  ): Promise<Decision> {
    return this.#inTurn(async () => {
      await this.#restore();
      const id = idOf('approve', recommendation.id, key);
      const done = await this.#finished(id, signal);
      if (done !== undefined) {
        return done;
      }
      check();
      this.#requireConsent(recommendation);
      const state = await this.#read(signal);
      const set = this.#settingFor(recommendation, state);
      const now = this.#deps.nowSeconds();
      const reasons: Reason[] = [{ code: 'approved', text: `${who} approved recommendation ${recommendation.id}` }];
      const end = await this.#act(
        { id, who, kind: 'change', set, reasons, recommendation: recommendation.id },
        state,
        signal
      );
      const decision = decisionOf(end, this.workload);
      await this.#setApproval({
        recommendation: recommendation.id,
        who,
        at: now,
        until: this.#approvalEnd(recommendation),
        plan: recommendation.plan,
      });
      return decision;
    });
  }

  /** Puts back what stood before a recommendation was carried out. */
  async rollBack(recommendationId: string, { who, key }: Click, signal: AbortSignal): Promise<Decision> {
    return this.#inTurn(async () => {
      await this.#restore();
      const id = idOf('rollback', recommendationId, key);
      const done = await this.#finished(id, signal);
      if (done !== undefined) {
        return done;
      }
      const decisions = await this.#deps.storage.decisions({ workload: this.workload, limit: 1000 });
      const made = decisions.find(
        ({ what, outcome, why }) =>
          what === 'change' && outcome === 'applied' && why.some((text) => text.includes(recommendationId))
      );
      if (made === undefined) {
        const reason = 'it was never carried out';
        throw new HeadroomError('ACTING_NOTHING_TO_ROLL_BACK', { id: recommendationId, reason });
      }
      const state = await this.#read(signal);
      await this.#setApproval(undefined);
      const before = made.before as TargetSetting;
      const reasons: Reason[] = [
        { code: 'rolled-back', text: `${who} rolled recommendation ${recommendationId} back` },
      ];
      const end = await this.#act(
        { id, who, kind: 'rollback', set: this.#back(before, state), reasons },
        state,
        signal
      );
      this.#rest(AFTER_ROLLBACK_SECONDS);
      return decisionOf(end, this.workload);
    });
  }

  /** Gives everything back, as on a stop: what nothing else scales stays. */
  async giveBack(reason: Reason, signal: AbortSignal): Promise<void> {
    await this.#inTurn(async () => {
      if (this.#deps.fence() === undefined || !this.#target.ability.reads) {
        return;
      }
      await this.#restore();
      const state = await this.#read(signal);
      if (state.isHeld && !state.isSoleOwner) {
        const id = idOf('giveBack', this.workload, String(this.#deps.nowSeconds()));
        await this.#act({ id, who: HEADROOM, kind: 'giveBack', set: 'original', reasons: [reason] }, state, signal);
      }
    });
  }

  async #turn(signal: AbortSignal): Promise<void> {
    await this.#restore();
    const view = this.#deps.view();
    const now = this.#deps.nowSeconds();
    if (view === undefined) {
      return;
    }
    const mode = this.#deps.consent.modeOf(view.config);
    const mayAct = this.#deps.fence() !== undefined;
    if (mayAct) {
      const resumed = await this.#transactions.resume(this.#target, signal);
      if (resumed !== undefined) {
        this.#ended(resumed);
      }
      if (this.#transactions.isOpen()) {
        this.#problem = resumed?.kind === 'unsure' ? resumed.reason : undefined;
        return;
      }
    }
    const measured = measuredNeed(view, now, policyOf(view.config, this.#deps.fleet()).reactiveUtilization);
    let target: ScalingSituation['target'];
    try {
      target = { kind: 'read', state: await this.#read(signal) };
      this.#problem = undefined;
    } catch (error) {
      if (signal.aborted) {
        return;
      }
      this.#fail(error);
      target = { kind: 'unread', reason: wordsOf(error) };
    }
    if (target.kind === 'read' && mayAct && (await this.#watchOn(view, target.state, now, signal))) {
      return;
    }
    const wish = this.#wish(view, mode, now, target);
    const situation: ScalingSituation = {
      nowSeconds: now,
      policy: policyOf(view.config, this.#deps.fleet()),
      wish,
      measured,
      target:
        mode === 'observe' && target.kind === 'read' && !target.state.isHeld ? this.#shadow.seen(target.state) : target,
      pause: this.#deps.consent.pauseOf(this.workload),
      past: mode === 'observe' ? this.#shadow.past : this.#past,
      fleet: this.#deps.others(),
    };
    const decision =
      mode === 'observe' && target.kind === 'read' && target.state.isHeld
        ? leaving(situation)
        : decideScaling(situation);
    this.#decision = decision;
    this.#decidedAt = now;
    if (mode === 'observe' && target.kind === 'read' && !target.state.isHeld) {
      await this.#shadow.follow(decision, now, measured, target.state);
      return;
    }
    if (target.kind !== 'read' || !mayAct || now < this.#restUntilSeconds) {
      return;
    }
    await this.#carryOut(decision, target.state, now, signal);
  }

  async #carryOut(decision: ScalingDecision, state: TargetState, now: number, signal: AbortSignal): Promise<void> {
    if (decision.kind !== 'hold') {
      const id = idOf(decision.kind, this.workload, String(now));
      const set = decision.kind === 'change' ? decision.set : ('original' as const);
      await this.#act({ id, who: HEADROOM, kind: decision.kind, set, reasons: [...decision.reasons] }, state, signal);
    } else if (state.isHeld && now - this.#renewedSeconds > this.#holdSeconds() / 3) {
      await this.#renew(state, now, signal);
    }
  }

  /** Prolongs what is held, so that the watchdog leaves it; no change, so no decision. */
  async #renew(state: TargetState, now: number, signal: AbortSignal): Promise<void> {
    const fence = this.#deps.fence();
    const wish = this.#lostSince;
    if (fence === undefined || wish !== undefined) {
      return;
    }
    await this.#target.apply(
      {
        action: idOf('renew', this.workload, String(now)),
        fence,
        set: state.setting,
        ...(state.version === undefined ? {} : { expectedVersion: state.version }),
        holdUntilSeconds: this.#holdUntil(),
        reason: 'held',
      },
      signal
    );
    this.#renewedSeconds = now;
  }

  /** Looks at the change that is watched; true where it was rolled back now. */
  async #watchOn(view: WorkloadView, state: TargetState, now: number, signal: AbortSignal): Promise<boolean> {
    const verdict = await this.#watch.look(view, state, now);
    if (verdict?.kind !== 'rollBack') {
      return false;
    }
    const { action, code, text } = verdict;
    const set = this.#back(settingOf(action.before), state);
    const reasons: Reason[] = [{ code, text }];
    const end = await this.#act(
      { id: `${action.id}-back`, who: HEADROOM, kind: 'rollback', set, reasons },
      state,
      signal
    );
    await this.#setApproval(undefined);
    this.#rest(AFTER_ROLLBACK_SECONDS);
    return end.kind !== 'failed';
  }

  async #act(
    asked: Pick<ActionRecord, 'id' | 'who' | 'kind' | 'set' | 'reasons'> & { readonly recommendation?: string },
    state: TargetState,
    signal: AbortSignal
  ): Promise<ActionEnd> {
    if (this.#deps.fence() === undefined) {
      throw new HeadroomError('ACTING_ELSEWHERE', { holder: 'its lease is held elsewhere' });
    }
    const to = asked.set === 'original' ? state.original : asked.set;
    const end = await this.#transactions.run(
      {
        ...asked,
        workload: this.workload,
        at: this.#deps.nowSeconds(),
        direction: to.floor < state.setting.floor ? 'in' : 'out',
        before: state.setting,
        original: state.original,
        ...(state.replicas === undefined ? {} : { replicas: state.replicas }),
        ...(state.version === undefined ? {} : { expectedVersion: state.version }),
        holdUntil: this.#holdUntil(),
      },
      this.#target,
      signal
    );
    this.#ended(end);
    return end;
  }

  /** What follows from a change that took: memory, watch, the state of its recommendation. */
  async #recorded(decision: Decision, recommendation: string | undefined): Promise<void> {
    const [before, after] = [decision.before as TargetSetting, decision.after as TargetSetting];
    const kept = this.#past.filter(
      ({ atSeconds }) => atSeconds > decision.at - PAST_SECONDS && atSeconds !== decision.at
    );
    this.#past = [...kept, { atSeconds: decision.at, from: before.floor, to: after.floor }];
    const view = this.#deps.view();
    if (view !== undefined && this.#watch.record?.action.id !== decision.id) {
      await this.#watch.begin(decision, view, this.#deps.nowSeconds());
    }
    if (recommendation !== undefined) {
      await this.#deps.onApplied(recommendation, decision);
    }
  }

  /** What follows from the end of an action: what is told, and a rest after a failure. */
  #ended(end: ActionEnd): void {
    if (end.kind === 'unsure') {
      this.#problem = end.reason;
      return;
    }
    const { decision } = end;
    const [before, after] = [decision.before as TargetSetting, decision.after as TargetSetting];
    const direction = after.floor < before.floor ? 'in' : 'out';
    this.#deps.onAction(decision.what as ActionRecord['kind'], direction, end.kind);
    if (end.kind === 'failed') {
      this.#failures++;
      this.#rest(Math.min(LONGEST_PAUSE_SECONDS, FIRST_PAUSE_SECONDS * 2 ** Math.min(10, this.#failures)));
      this.#fail(end.error);
      return;
    }
    this.#failures = 0;
    this.#problem = undefined;
    this.#renewedSeconds = this.#deps.nowSeconds();
    if (!end.isNew) {
      return;
    }
    this.#deps.hooks.event({
      atSeconds: decision.at,
      level: 'info',
      what: 'scaling',
      workload: this.workload,
      message: `${decision.what}: floor ${String(before.floor)} -> ${String(after.floor)} by ${decision.who}: ${decision.why.join('; ')}`,
    });
  }

  #wish(view: WorkloadView, mode: Mode, now: number, target: ScalingSituation['target']): ScalingWish {
    let present = wishOf(view, now);
    if (mode === 'approve') {
      const floor = approvedFloor(this.#approval, now, view.config.scaling.leadTimeSeconds);
      present =
        floor === undefined
          ? { kind: 'lost', code: 'no-forecast', reason: 'Nothing is approved: a recommendation waits for a person' }
          : { kind: 'fresh', floor, issuedAtSeconds: this.#approval?.at ?? now };
    }
    if (present.kind === 'lost') {
      if (this.#lostSince?.code !== present.code) {
        this.#lostSince = { code: present.code, sinceSeconds: now };
      }
      return { ...present, sinceSeconds: Math.min(now, this.#lostSince.sinceSeconds) };
    }
    this.#lostSince = undefined;
    const window = view.config.scaling.stabilizationSeconds;
    if (this.#wishes.length === 0 && target.kind === 'read') {
      this.#wishes.push({ atSeconds: now, floor: target.state.setting.floor });
    }
    this.#wishes.push({ atSeconds: now, floor: present.floor });
    this.#wishes = this.#wishes.filter(({ atSeconds }) => atSeconds > now - window && atSeconds <= now);
    const mostOfLate = this.#wishes.reduce((most, { floor }) => Math.max(most, floor), present.floor);
    return { ...present, mostOfLate };
  }

  /** What approving sets: the proposed floor within the bounds of operator and owner, the owner's utilisation target. */
  #settingFor(recommendation: Recommendation, state: TargetState): TargetSetting {
    const view = this.#requireView();
    const { min, max } = view.config.scaling;
    const bottom = Math.max(min, state.isSoleOwner ? 0 : state.original.floor);
    const top = Math.max(bottom, Math.min(max, state.ceiling ?? Number.POSITIVE_INFINITY));
    const now = this.#deps.nowSeconds();
    const asked =
      approvedFloor(
        { plan: recommendation.plan, until: Number.POSITIVE_INFINITY },
        now,
        recommendation.leadTimeSeconds
      ) ?? recommendation.proposed.replicas;
    const floor = Math.max(bottom, Math.min(top, asked));
    const { utilization } = state.original;
    return utilization === undefined ? { floor } : { floor, utilization };
  }

  #requireConsent({ action }: Recommendation): void {
    const view = this.#requireView();
    if (this.#deps.consent.modeOf(view.config) === 'observe') {
      throw new HeadroomError('ACTING_OBSERVES', { workload: this.workload });
    }
    const pause = this.#deps.consent.pauseOf(this.workload);
    const direction = action === 'lower' ? 'in' : 'out';
    if (pause[direction]) {
      throw new HeadroomError('ACTING_PAUSED', { workload: this.workload, direction, reason: pause.reason });
    }
    if (direction === 'in') {
      const measured: MeasuredNeed = measuredNeed(view, this.#deps.nowSeconds(), 1);
      if (measured.kind === 'missing') {
        throw new HeadroomError('ACTING_HELD', {
          workload: this.workload,
          reason: `${measured.reason}: it is not lowered`,
        });
      }
    }
  }

  /** What stood before, or the owner's own where that was it. */
  #back(before: TargetSetting, state: TargetState): TargetSetting | 'original' {
    const floor = state.isSoleOwner ? before.floor : Math.max(before.floor, state.original.floor);
    const top = state.ceiling ?? Number.POSITIVE_INFINITY;
    const isOriginal = floor === state.original.floor && before.utilization === state.original.utilization;
    return isOriginal && state.isHeld && !state.isSoleOwner ? 'original' : { ...before, floor: Math.min(floor, top) };
  }

  async #finished(id: string, signal: AbortSignal): Promise<Decision | undefined> {
    const done = await this.#transactions.ended(id);
    if (done !== undefined) {
      return done;
    }
    if (!this.#transactions.isOpen()) {
      return undefined;
    }
    const resumed = await this.#transactions.resume(this.#target, signal);
    if (resumed !== undefined) {
      this.#ended(resumed);
    }
    if (this.#transactions.isOpen()) {
      const reason = resumed?.kind === 'unsure' ? resumed.reason : 'an earlier change is not finished';
      throw new HeadroomError('ACTING_UNSURE', { workload: this.workload, reason });
    }
    return this.#transactions.ended(id);
  }

  async #read(signal: AbortSignal): Promise<TargetState> {
    this.#state = await this.#target.read(AbortSignal.any([signal, AbortSignal.timeout(READ_MS)]));
    return this.#state;
  }

  async #restore(): Promise<void> {
    if (this.#isRestored) {
      return;
    }
    const { storage, nowSeconds } = this.#deps;
    await this.#transactions.restore();
    await this.#watch.restore();
    await this.#shadow.restore();
    const approval = approvalSchema.safeParse(await storage.setting(approvalKey(this.workload)));
    this.#approval = approval.success ? approval.data : undefined;
    const made = await storage.decisions({
      workload: this.workload,
      fromSeconds: nowSeconds() - PAST_SECONDS,
      limit: 1000,
    });
    this.#past = made
      .filter(({ outcome, what }) => outcome === 'applied' && ['change', 'giveBack', 'rollback'].includes(what))
      .map(({ at, before, after }) => ({
        atSeconds: at,
        from: (before as TargetSetting).floor,
        to: (after as TargetSetting).floor,
      }))
      .reverse();
    this.#isRestored = true;
  }

  async #setApproval(approval: Approval | undefined): Promise<void> {
    const key = approvalKey(this.workload);
    await (approval === undefined
      ? this.#deps.storage.deleteSetting(key)
      : this.#deps.storage.setSetting(key, approval));
    this.#approval = approval;
  }

  #approvalEnd({ plan, expiresAt }: { readonly plan: Plan; readonly expiresAt: number }): number {
    return Math.max(expiresAt, plan.replicas.at(-1)?.at ?? expiresAt);
  }

  #holdSeconds(): number {
    return this.#requireView().config.scaling.handBackSeconds;
  }

  #holdUntil(): number {
    return this.#deps.nowSeconds() + this.#holdSeconds();
  }

  #requireView(): WorkloadView {
    const view = this.#deps.view();
    if (view === undefined) {
      throw new HeadroomError('API_NOT_FOUND', { kind: 'workload', name: this.workload, list: '/api/v1/workloads' });
    }
    return view;
  }

  #rest(seconds: number): void {
    this.#restUntilSeconds = this.#deps.nowSeconds() + seconds;
  }

  #fail(error: unknown): void {
    const problem = wordsOf(error);
    if (problem !== this.#problem) {
      this.#deps.hooks.event({
        atSeconds: this.#deps.nowSeconds(),
        level: 'error',
        what: 'scaling',
        workload: this.workload,
        ...(error instanceof HeadroomError ? { code: error.code } : {}),
        message: problem,
      });
    }
    this.#problem = problem;
  }

  #inTurn<T>(task: () => Promise<T>): Promise<T> {
    const done = this.#turning.then(task);
    this.#turning = done.catch(() => undefined);
    return done;
  }
}

/** In mode observe nothing is held: what was held before goes back. */
function leaving(situation: ScalingSituation): ScalingDecision {
  return decideScaling({
    ...situation,
    pause: { out: true, in: true, reason: 'the mode is observe' },
  });
}

function decisionOf(end: ActionEnd, workload: string): Decision {
  if (end.kind === 'unsure') {
    throw new HeadroomError('ACTING_UNSURE', { workload, reason: end.reason });
  }
  if (end.kind === 'failed') {
    throw end.error instanceof HeadroomError
      ? end.error
      : new HeadroomError('ACTING_HELD', { workload, reason: wordsOf(end.error) });
  }
  return end.decision;
}

function idOf(kind: string, subject: string, key: string): string {
  return createHash('sha256')
    .update(JSON.stringify([kind, subject, key]))
    .digest('hex')
    .slice(0, 24);
}
