import { isIP } from 'node:net';
import { HeadroomError } from '../errors/index.ts';

/** Permissions, each including the ones before it. */
export const PERMISSIONS = ['read', 'propose', 'approve', 'scale', 'admin'] as const;
export type Permission = (typeof PERMISSIONS)[number];

/** What the process is told from outside; secrets stay in here and are never logged. */
export interface Environment {
  readonly host: string;
  readonly port: number;
  /** Where KEDA's external scaler listens; absent: nowhere. */
  readonly keda?: { readonly host: string; readonly port: number };
  readonly tokens: ReadonlyMap<string, Permission>;
  readonly dataDirectory: string;
  /** PostgreSQL instead of the database in `dataDirectory`; holds a password. */
  readonly databaseUrl?: string;
  readonly grafanaUrl?: string;
  readonly logLevel: string;
}

export type EnvironmentVariables = Readonly<Record<string, string | undefined>>;

const LOG_LEVELS = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'];

/** Reads the `HEADROOM_` variables (interfaces 2); throws CONFIG_ENVIRONMENT_INVALID or CONFIG_LISTEN_UNSAFE. */
export function readEnvironment(env: EnvironmentVariables): Environment {
  const { host, port } = parseListen('HEADROOM_LISTEN', env['HEADROOM_LISTEN'] ?? '127.0.0.1:8370');
  const tokens = new Map<string, Permission>();
  for (const permission of PERMISSIONS) {
    addToken(tokens, `HEADROOM_TOKEN_${permission.toUpperCase()}`, permission, env);
  }
  addToken(tokens, 'HEADROOM_TOKEN', 'admin', env);
  if (tokens.size === 0 && !isLoopback(host)) {
    throw new HeadroomError('CONFIG_LISTEN_UNSAFE', { listen: `${host}:${port}` });
  }
  const kedaListen = env['HEADROOM_KEDA_LISTEN'];
  const keda = kedaListen ? parseListen('HEADROOM_KEDA_LISTEN', kedaListen) : undefined;
  if (keda !== undefined && tokens.size === 0 && !isLoopback(keda.host)) {
    throw new HeadroomError('CONFIG_LISTEN_UNSAFE', { listen: `${keda.host}:${keda.port}` });
  }
  const databaseUrl = env['HEADROOM_DATABASE_URL'];
  // It holds a password, so the error does not repeat it.
  if (databaseUrl && !/^postgres(?:ql)?:\/\/[^\s/?#]*\/[^\s/?#]+(?:\?[^\s#]*)?$/.test(databaseUrl)) {
    throw invalid(
      'HEADROOM_DATABASE_URL',
      'it must be postgres://user:password@host:port/database, with what is special in the password percent-encoded'
    );
  }
  const grafanaUrl = env['HEADROOM_GRAFANA_URL'];
  if (grafanaUrl && !/^https?:\/\//.test(grafanaUrl)) {
    throw invalid('HEADROOM_GRAFANA_URL', 'it must be an http or https URL');
  }
  const logLevel = env['HEADROOM_LOG_LEVEL'] ?? 'info';
  if (!LOG_LEVELS.includes(logLevel)) {
    throw invalid('HEADROOM_LOG_LEVEL', `it must be one of ${LOG_LEVELS.join(', ')}`);
  }
  return {
    host,
    port,
    ...(keda === undefined ? {} : { keda }),
    tokens,
    dataDirectory: env['HEADROOM_DATA_DIR'] ?? '.headroom',
    ...(databaseUrl ? { databaseUrl } : {}),
    ...(grafanaUrl ? { grafanaUrl } : {}),
    logLevel,
  };
}

function addToken(tokens: Map<string, Permission>, name: string, permission: Permission, env: EnvironmentVariables) {
  const token = env[name];
  if (token === undefined || token === '') {
    return;
  }
  if (token.length < 8 || /\s/.test(token)) {
    throw invalid(name, 'a token is at least 8 characters without spaces');
  }
  tokens.set(token, permission);
}

function parseListen(name: string, text: string): { host: string; port: number } {
  const match = /^(?:(?<host>\[[^\]]+\]|[^:[\]]+):)?(?<port>\d{1,5})$/.exec(text);
  const port = Number(match?.groups?.['port']);
  if (!match || port > 65_535) {
    throw invalid(name, `it must be host:port, such as 127.0.0.1:8370, not ${text}`);
  }
  return { host: (match.groups?.['host'] ?? '127.0.0.1').replace(/^\[|\]$/g, ''), port };
}

function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || (isIP(host) === 4 && host.startsWith('127.'));
}

function invalid(name: string, problem: string): HeadroomError {
  return new HeadroomError('CONFIG_ENVIRONMENT_INVALID', { name, problem });
}
