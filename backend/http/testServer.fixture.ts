import type { FastifyInstance } from 'fastify';
import type { Permission } from '../config/index.ts';
import type { ApiRoute } from './app/apiRoute.ts';
import { createServer, type ServerOptions } from './server.ts';

/** A token of each permission. */
export const TEST_TOKENS: ReadonlyMap<string, Permission> = new Map([
  ['r', 'read'],
  ['p', 'propose'],
  ['a', 'approve'],
  ['s', 'scale'],
  ['d', 'admin'],
]);

/** The sidecar's own server with these routes alone, ready and not listening; `access` is by `TEST_TOKENS`. */
export function testServer(
  routes: readonly ApiRoute[],
  access: Partial<ServerOptions['access']> = {}
): Promise<FastifyInstance> {
  return createServer({
    access: { tokens: TEST_TOKENS, isReadPublic: false, ...access },
    version: '0',
    logger: false,
    readiness: () => ({ isReady: true, reasons: [] }),
    plugins: [],
    routes,
  });
}
