import { createHash } from 'node:crypto';
import { z } from 'zod';
import {
  requestsChangedSchema,
  requestsPreviewSchema,
  requestsResponseSchema,
  type RequestsResponse,
} from '../../../../contract/index.ts';
import type { RequestActing } from '../../../control/index.ts';
import { HeadroomError } from '../../../errors/index.ts';
import { defineRoute, type ApiRoute } from '../apiRoute.ts';
import type { ActingRouteDeps } from './actingRouteDeps.ts';
import { requireApplied } from './approveOne.ts';
import { keyOf, requiredHeader } from './clickHeaders.ts';
import { workloadNamed } from './lookUp.ts';

const nameParams = z.object({ name: z.string() });
const PATH = '/workloads/:name/requests';

export interface RequestRouteDeps extends Pick<ActingRouteDeps, 'acting' | 'fleet'> {
  readonly requests: RequestActing;
}

/** Requests of cpu and memory: how they stand, what would change, and a person's click. */
export function requestRoutes(deps: RequestRouteDeps): ApiRoute[] {
  const { requests, acting } = deps;
  return [
    defineRoute({
      method: 'GET',
      path: PATH,
      operation: 'getRequests',
      summary: 'How the requests of cpu and memory of a workload stand, and what is advised',
      permission: 'read',
      params: nameParams,
      response: requestsResponseSchema,
      handle: ({ params }) => requestsOf(deps, params.name),
    }),
    defineRoute({
      method: 'POST',
      path: `${PATH}/preview`,
      operation: 'previewRequests',
      summary: 'The exact change that applying would make, by the server’s own dry run',
      permission: 'read',
      params: nameParams,
      response: requestsPreviewSchema,
      handle: async ({ params, signal }) => {
        workloadNamed(deps, params.name);
        const actor = requests.actor(params.name);
        const { set, differences, dryRun, warnings } = await actor.preview(signal);
        return {
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
      path: `${PATH}/apply`,
      operation: 'applyRequests',
      summary: 'Sets what is advised: needs If-Match and an Idempotency-Key; the same key acts once',
      permission: 'approve',
      params: nameParams,
      response: requestsChangedSchema,
      handle: async ({ params, headers, caller, signal }) => {
        const key = keyOf(headers);
        const etag = requiredHeader(headers, 'If-Match');
        workloadNamed(deps, params.name);
        const actor = requests.actor(params.name);
        acting.requireLeadership();
        const check = () => {
          if (etag !== requestsOf(deps, params.name).etag) {
            throw new HeadroomError('ACTING_OUTDATED', { id: params.name, now: 'other requests are advised by now' });
          }
        };
        const decision = await actor.apply({ who: caller.name, key, check }, signal);
        requireApplied(decision);
        return { decision };
      },
    }),
    defineRoute({
      method: 'POST',
      path: `${PATH}/rollback`,
      operation: 'rollBackRequests',
      summary: 'Gives back what the owner had set; needs an Idempotency-Key',
      permission: 'approve',
      params: nameParams,
      response: requestsChangedSchema,
      handle: async ({ params, headers, caller, signal }) => {
        const key = keyOf(headers);
        workloadNamed(deps, params.name);
        const actor = requests.actor(params.name);
        acting.requireLeadership();
        const decision = await actor.rollBack({ who: caller.name, key }, signal);
        requireApplied(decision);
        return { decision };
      },
    }),
  ];
}

function requestsOf(deps: RequestRouteDeps, name: string): RequestsResponse {
  const { config, recommendation } = workloadNamed(deps, name);
  const { target = null, state, decision, problem } = deps.requests.view(name) ?? {};
  const advice = (recommendation?.requests ?? []).map((each) => ({ ...each }));
  const seen = JSON.stringify([advice, state?.version ?? null]);
  return {
    workload: name,
    mode: deps.acting.consent.modeOf(config),
    apply: config.scaling.requests?.apply ?? 'recommend',
    target,
    etag: `"${createHash('sha256').update(seen).digest('hex').slice(0, 16)}"`,
    advice,
    state:
      state === undefined
        ? null
        : {
            setting: { ...state.setting },
            original: { ...state.original },
            isHeld: state.isHeld,
            replicas: { ...state.replicas, refused: [...state.replicas.refused] },
            way: state.way.kind === 'none' ? state.way.reason : state.way.kind,
            left: { ...state.left },
            conflicts: [...state.conflicts],
          },
    decision:
      decision === undefined
        ? null
        : {
            kind: decision.kind,
            set: decision.kind === 'change' ? { ...decision.set } : null,
            reasons: [...decision.reasons],
          },
    problem: problem ?? null,
  };
}
