import { HeadroomError } from '../../errors/index.ts';
import type { HttpAccess } from './httpAccess.ts';

/** What proves to a source who asks: the header's value, the words for it in messages, and what must never be shown. */
export interface Credentials {
  readonly authorization?: string;
  readonly description: string;
  readonly secrets: readonly string[];
}

/** Reads an access's secrets from the environment; throws SOURCE_SECRET_MISSING or SOURCE_SECRET_INVALID. */
export function readCredentials(access: HttpAccess, env: Readonly<Record<string, string | undefined>>): Credentials {
  if (access.tokenEnv !== undefined) {
    const token = readSecret(access.name, access.tokenEnv, env);
    return {
      authorization: `Bearer ${token}`,
      description: `the token in ${access.tokenEnv}`,
      secrets: [token],
    };
  }
  if (access.basicAuth !== undefined) {
    const { username, passwordEnv } = access.basicAuth;
    const password = readSecret(access.name, passwordEnv, env);
    const encoded = Buffer.from(`${username}:${password}`, 'utf8').toString('base64');
    return {
      authorization: `Basic ${encoded}`,
      description: `user ${username} with the password in ${passwordEnv}`,
      secrets: [password, encoded],
    };
  }
  return { description: 'a request without credentials (set tokenEnv or basicAuth)', secrets: [] };
}

function readSecret(source: string, variable: string, env: Readonly<Record<string, string | undefined>>): string {
  const secret = env[variable]?.trim();
  if (secret === undefined || secret === '') {
    throw new HeadroomError('SOURCE_SECRET_MISSING', { source, variable });
  }
  // A header takes visible ASCII only; a bearer token with anything else was pasted wrongly.
  if (!/^[\x20-\x7e]+$/.test(secret)) {
    throw new HeadroomError('SOURCE_SECRET_INVALID', {
      source,
      variable,
      problem: 'it has characters other than visible ASCII',
    });
  }
  return secret;
}
