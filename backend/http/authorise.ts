import { createHash, timingSafeEqual } from 'node:crypto';
import type { FastifyRequest } from 'fastify';
import { PERMISSIONS, type Permission } from '../config/index.ts';
import { HeadroomError } from '../errors/index.ts';
import type { Caller } from './caller.ts';
import type { People } from './identity/people.ts';

/** Who may do what: bearer tokens with the permission each grants; none at all means loopback without a token. */
export interface Access {
  readonly tokens: ReadonlyMap<string, Permission>;
  /** Reads need no token. */
  readonly isReadPublic: boolean;
  /** What proves who a person is; absent: a token alone is enough for everything it grants. */
  readonly people?: People;
}

/**
 * Lets a request pass that holds `permission` and tells who asks, or throws API_TOKEN_MISSING or
 * API_PERMISSION_MISSING.
 *
 * Without tokens only requests addressed to loopback pass, so that a page in a browser can't reach in under a name of
 * its own (DNS rebinding).
 */
export function authorise(request: FastifyRequest, permission: Permission, access: Access): Caller {
  if (access.tokens.size === 0 && !isLoopbackName(request.hostname)) {
    throw new HeadroomError('API_TOKEN_MISSING', { permission });
  }
  return authoriseBearer(request.headers.authorization, permission, access);
}

/** The same of an `authorization` that came by another way than HTTP; without tokens everything passes. */
export function authoriseBearer(authorization: string | undefined, permission: Permission, access: Access): Caller {
  if (access.tokens.size === 0) {
    return { name: 'local', via: 'local', permission: 'admin' };
  }
  const bearer = /^Bearer +(\S+)$/i.exec(authorization ?? '')?.[1];
  const granted = bearer === undefined ? undefined : grantOf(bearer, access.tokens);
  if (granted === undefined) {
    if (permission === 'read' && access.isReadPublic) {
      return { name: 'public', via: 'public', permission: 'read' };
    }
    throw new HeadroomError('API_TOKEN_MISSING', { permission });
  }
  if (PERMISSIONS.indexOf(granted) < PERMISSIONS.indexOf(permission)) {
    throw new HeadroomError('API_PERMISSION_MISSING', { permission, granted });
  }
  return { name: `token:${granted}`, via: 'token', permission: granted };
}

function grantOf(bearer: string, tokens: ReadonlyMap<string, Permission>): Permission | undefined {
  const given = digest(bearer);
  let granted: Permission | undefined;
  for (const [token, permission] of tokens) {
    if (timingSafeEqual(given, digest(token))) {
      granted = permission;
    }
  }
  return granted;
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}

function isLoopbackName(name: string): boolean {
  const host = name.replace(/^\[|\]$/g, '').toLowerCase();
  return host === 'localhost' || host.endsWith('.localhost') || host === '::1' || /^127(\.\d{1,3}){3}$/.test(host);
}
