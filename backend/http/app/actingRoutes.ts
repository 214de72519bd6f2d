import type { ActingRouteDeps } from './acting/actingRouteDeps.ts';
import { answerRoutes } from './acting/answerRoutes.ts';
import { modeRoutes } from './acting/modeRoutes.ts';
import { pauseRoutes } from './acting/pauseRoutes.ts';
import { proposalRoute } from './acting/proposalRoute.ts';
import type { ApiRoute } from './apiRoute.ts';

/** Modes, pauses, what people propose and what they make of recommendations. */
export function actingRoutes(deps: ActingRouteDeps): ApiRoute[] {
  return [...modeRoutes(deps), ...pauseRoutes(deps), proposalRoute(deps), ...answerRoutes(deps)];
}
