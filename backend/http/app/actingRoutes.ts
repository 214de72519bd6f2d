import { createHash } from 'node:crypto';
import { z } from 'zod';
import {
  answeredResponseSchema,
  dismissRequestSchema,
  modeRequestSchema,
  pauseRequestSchema,
  pausesResponseSchema,
  previewResponseSchema,
  scalingResponseSchema,
  snoozeRequestSchema,
  type Decision,
  type Recommendation,
  type RecommendationState,
  type ScalingResponse,
} from '../../../contract/index.ts';
import type { Acting, Fleet, WorkloadView } from '../../control/index.ts';
import { HeadroomError } from '../../errors/index.ts';
import type { Storage } from '../../storage/index.ts';
import type { Caller } from '../caller.ts';
import { defineRoute, type ApiRoute, type Headers } from './apiRoute.ts';

const SNOOZE_SECONDS = 3600;
const LONGEST_SNOOZE_SECONDS = 7 * 86_400;
const MAX_KEY_LENGTH = 200;

export interface ActingRouteDeps {
  readonly acting: Acting;
  readonly fleet: Pick<Fleet, 'workload' | 'nowSeconds' | 'answer'>;
  readonly storage: Pick<Storage, 'recommendation' | 'appendDecision'>;
  /** A new id for what is recorded. */
  readonly createId: () => string;
}

const nameParams = z.object({ name: z.string() });
const idParams = z.object({ id: z.string() });

/** The ETag of a recommendation: what a person looks at before approving it. */
export function recommendationTag({ id, state, action, proposed, tiers }: Recommendation): string {
  const seen = JSON.stringify([id, state, action, proposed.replicas, tiers.total]);
  return `"${createHash('sha256').update(seen).digest('hex').slice(0, 16)}"`;
}

/** Modes, pauses, and what people make of recommendations. */
export function actingRoutes({ acting, fleet, storage, createId }: ActingRouteDeps): ApiRoute[] {
  const { consent } = acting;
  const workloadView = (name: string): WorkloadView => {
    const view = fleet.workload(name);
    if (view === undefined) {
      throw new HeadroomError('API_NOT_FOUND', { kind: 'workload', name, list: '/api/v1/workloads' });
    }
    return view;
  };
  const known = async (id: string): Promise<Recommendation> => {
    const found = await storage.recommendation(id);
    if (found === undefined) {
      throw new HeadroomError('API_NOT_FOUND', { kind: 'recommendation', name: id, list: '/api/v1/recommendations' });
    }
    return found;
  };
  const record = (
    caller: Caller,
    entry: Pick<Decision, 'what' | 'workload' | 'why' | 'before' | 'after'>
  ): Promise<Decision> => {
    return storage.appendDecision({
      id: createId(),
      at: fleet.nowSeconds(),
      who: caller.name,
      outcome: 'done',
      ...entry,
    });
  };
  const answered = async (
    caller: Caller,
    { id, workload, state }: Recommendation,
    to: RecommendationState,
    { reason, until }: { readonly reason: string; readonly until: number | null }
  ) => {
    const answer = { who: caller.name, at: fleet.nowSeconds(), reason, until };
    const recommendation = await fleet.answer(id, to, answer);
    if (recommendation === undefined) {
      throw new HeadroomError('API_NOT_FOUND', { kind: 'recommendation', name: id, list: '/api/v1/recommendations' });
    }
    const decision = await record(caller, {
      what: to === 'dismissed' ? 'dismiss' : 'snooze',
      workload,
      why: reason === '' ? [] : [reason],
      before: { recommendation: id, state },
      after: { recommendation: id, state: to, ...(until === null ? {} : { until }) },
    });
    return { recommendation, decision };
  };
  const pauses = () => ({
    now: fleet.nowSeconds(),
    pauses: [...consent.pauses()].map(([scope, pause]) => ({ scope, ...pause })),
  });
  const requireScope = (scope: string): void => {
    if (scope !== 'all') {
      workloadView(scope);
    }
  };

  return [
    defineRoute({
      method: 'GET',
      path: '/workloads/:name/scaling',
      operation: 'getScaling',
      summary: 'How acting on a workload stands: mode, target, the last decision with its reasons',
      permission: 'read',
      params: nameParams,
      response: scalingResponseSchema,
      handle: ({ params }) => scalingOf(acting, workloadView(params.name), fleet.nowSeconds()),
    }),
    defineRoute({
      method: 'PUT',
      path: '/workloads/:name/mode',
      operation: 'putMode',
      summary: 'Lets Headroom observe, ask for approval, or act by itself; survives a restart',
      permission: 'scale',
      params: nameParams,
      body: modeRequestSchema,
      response: scalingResponseSchema,
      handle: async ({ params, body, caller }) => {
        const view = workloadView(params.name);
        const before = consent.modeOf(view.config);
        await consent.setMode(view.config, body.mode, caller.name);
        await record(caller, {
          what: 'mode',
          workload: params.name,
          why: [],
          before: { mode: before },
          after: { mode: body.mode },
        });
        return scalingOf(acting, workloadView(params.name), fleet.nowSeconds());
      },
    }),
    defineRoute({
      method: 'GET',
      path: '/pause',
      operation: 'getPauses',
      summary: 'What is paused, by whom and why',
      permission: 'read',
      response: pausesResponseSchema,
      handle: pauses,
    }),
    defineRoute({
      method: 'PUT',
      path: '/pause',
      operation: 'pause',
      summary: 'Pauses scaling out, in or both, of one workload or of all; both give back what is held',
      permission: 'propose',
      body: pauseRequestSchema,
      response: pausesResponseSchema,
      handle: async ({ body, caller }) => {
        requireScope(body.scope);
        const { scope, direction = 'both', reason = '' } = body;
        await consent.pause({ scope, direction, reason, who: caller.name });
        await record(caller, {
          what: 'pause',
          workload: scope === 'all' ? null : scope,
          why: reason === '' ? [] : [reason],
          before: null,
          after: { scope, direction },
        });
        return pauses();
      },
    }),
    defineRoute({
      method: 'DELETE',
      path: '/pause',
      operation: 'resume',
      summary: 'Takes a pause back',
      permission: 'scale',
      body: pauseRequestSchema,
      response: pausesResponseSchema,
      handle: async ({ body, caller }) => {
        const { scope, direction = 'both' } = body;
        await consent.resume({ scope, direction, who: caller.name });
        await record(caller, {
          what: 'resume',
          workload: scope === 'all' ? null : scope,
          why: [],
          before: { scope, direction },
          after: null,
        });
        return pauses();
      },
    }),
    defineRoute({
      method: 'POST',
      path: '/recommendations/:id/preview',
      operation: 'previewRecommendation',
      summary: 'The exact change that approving would make, and the target’s own dry run of it',
      permission: 'read',
      params: idParams,
      response: previewResponseSchema,
      handle: async ({ params, signal }) => {
        const recommendation = await known(params.id);
        const actor = acting.actor(recommendation.workload);
        const { set, differences, dryRun, warnings } = await actor.preview(recommendation, signal);
        return {
          recommendation: params.id,
          target: actor.target.name,
          set: { ...set },
          differences: differences.map((each) => ({ ...each })),
          dryRun: { ...dryRun },
          warnings: [...warnings],
        };
      },
    }),
    defineRoute({
      method: 'POST',
      path: '/recommendations/:id/approve',
      operation: 'approveRecommendation',
      summary: 'Does it: needs If-Match and an Idempotency-Key; the same key acts once',
      permission: 'approve',
      params: idParams,
      response: answeredResponseSchema,
      handle: async ({ params, headers, caller, signal }) => {
        const key = keyOf(headers);
        const expected = headerOf(headers, 'if-match');
        if (expected === undefined) {
          throw new HeadroomError('ACTING_PRECONDITION_MISSING', { missing: 'If-Match' });
        }
        const recommendation = await known(params.id);
        acting.requireLeadership();
        const check = () => {
          requireOpen(recommendation, 'approved');
          if (recommendation.expiresAt <= fleet.nowSeconds()) {
            throw new HeadroomError('ACTING_NOT_OPEN', { id: params.id, state: 'expired', what: 'approved' });
          }
          if (expected !== recommendationTag(recommendation)) {
            throw new HeadroomError('ACTING_OUTDATED', { id: params.id });
          }
        };
        const actor = acting.actor(recommendation.workload);
        const decision = await actor.approve(recommendation, { who: caller.name, key, check }, signal);
        return { recommendation: await known(params.id), decision };
      },
    }),
    defineRoute({
      method: 'POST',
      path: '/recommendations/:id/rollback',
      operation: 'rollBackRecommendation',
      summary: 'Puts back what stood before it was carried out; needs an Idempotency-Key',
      permission: 'approve',
      params: idParams,
      response: answeredResponseSchema,
      handle: async ({ params, headers, caller, signal }) => {
        const key = keyOf(headers);
        const { workload } = await known(params.id);
        acting.requireLeadership();
        const decision = await acting.actor(workload).rollBack(params.id, { who: caller.name, key }, signal);
        const answer = { who: caller.name, at: fleet.nowSeconds(), reason: '', until: null };
        const recommendation = await fleet.answer(params.id, 'rolled-back', answer);
        return { recommendation: recommendation ?? (await known(params.id)), decision };
      },
    }),
    defineRoute({
      method: 'POST',
      path: '/recommendations/:id/dismiss',
      operation: 'dismissRecommendation',
      summary: 'Says no: the same advice is not given again before it expires',
      permission: 'propose',
      params: idParams,
      body: dismissRequestSchema,
      response: answeredResponseSchema,
      handle: async ({ params, body, caller }) => {
        const recommendation = await known(params.id);
        requireOpen(recommendation, 'dismissed');
        return answered(caller, recommendation, 'dismissed', { reason: body.reason ?? '', until: null });
      },
    }),
    defineRoute({
      method: 'POST',
      path: '/recommendations/:id/snooze',
      operation: 'snoozeRecommendation',
      summary: 'Says later: it stands again after a while',
      permission: 'propose',
      params: idParams,
      body: snoozeRequestSchema,
      response: answeredResponseSchema,
      handle: async ({ params, body, caller }) => {
        const recommendation = await known(params.id);
        requireOpen(recommendation, 'snoozed');
        const now = fleet.nowSeconds();
        const until = body.until ?? now + SNOOZE_SECONDS;
        if (until <= now || until > now + LONGEST_SNOOZE_SECONDS) {
          throw new HeadroomError('API_BODY_INVALID', { problem: 'until must be ahead, and at most 7 days' });
        }
        return answered(caller, recommendation, 'snoozed', { reason: body.reason ?? '', until });
      },
    }),
  ];
}

function scalingOf(acting: Acting, { config }: WorkloadView, now: number): ScalingResponse {
  const view = acting.view(config.name);
  const { leadership } = acting;
  const { state, decision, decidedAt, approval } = view ?? {};
  return {
    now,
    workload: config.name,
    mode: acting.consent.modeOf(config),
    isModeLocked: config.scaling.isModeLocked,
    target: view === undefined ? null : { ...view.target },
    state:
      state === undefined
        ? null
        : {
            setting: { ...state.setting },
            original: { ...state.original },
            isHeld: state.isHeld,
            ceiling: state.ceiling ?? null,
            replicas: state.replicas ?? null,
            conflicts: [...state.conflicts],
          },
    decision:
      decision === undefined || decidedAt === undefined
        ? null
        : {
            at: decidedAt,
            kind: decision.kind,
            set: decision.kind === 'change' ? { ...decision.set } : null,
            reasons: [...decision.reasons],
          },
    problem: view?.problem ?? acting.problemOf(config.name) ?? null,
    isUnsure: view?.isUnsure ?? false,
    isWatching: view?.isWatching ?? false,
    approved:
      approval === undefined
        ? null
        : {
            recommendation: approval.recommendation,
            who: approval.who,
            at: approval.at,
            until: approval.until,
          },
    acting: { kind: leadership.kind, holder: leadership.kind === 'waiting' ? leadership.holder : null },
  };
}

function requireOpen({ id, state }: Recommendation, what: string): void {
  if (state !== 'proposed' && state !== 'snoozed') {
    throw new HeadroomError('ACTING_NOT_OPEN', { id, state, what });
  }
}

function keyOf(headers: Headers): string {
  const key = headerOf(headers, 'idempotency-key');
  if (key === undefined || key === '') {
    throw new HeadroomError('ACTING_PRECONDITION_MISSING', { missing: 'Idempotency-Key' });
  }
  if (key.length > MAX_KEY_LENGTH) {
    throw new HeadroomError('API_PARAMETER_INVALID', {
      name: 'Idempotency-Key',
      problem: `must be at most ${String(MAX_KEY_LENGTH)} characters`,
    });
  }
  return key;
}

function headerOf(headers: Headers, name: string): string | undefined {
  const value = headers[name];
  return typeof value === 'string' ? value : value?.[0];
}
