import { isIP } from 'node:net';
import { HeadroomError } from '../errors/index.ts';
import { kedaTls, type KedaTls } from './kedaTls.ts';
import { readLearning, type LearningSettings } from './readLearning.ts';

/** Permissions, each including the ones before it. */
export const PERMISSIONS = ['read', 'propose', 'approve', 'scale', 'admin'] as const;
export type Permission = (typeof PERMISSIONS)[number];

/** What the process is told from outside; secrets stay in here and are never logged. */
export interface Environment {
  readonly host: string;
  readonly port: number;
  /** Where KEDA's external scaler listens; absent: nowhere. */
  readonly keda?: { readonly host: string; readonly port: number; readonly tls?: KedaTls };
  readonly tokens: ReadonlyMap<string, Permission>;
  readonly dataDirectory: string;
  /** PostgreSQL instead of the database in `dataDirectory`; holds a password. */
  readonly databaseUrl?: string;
  /** Whose signed identities are believed. */
  readonly grafana?: { readonly url: string; readonly issuer: string; readonly audience: string };
  /** Whose word about who a person is counts: a header, in lower case, from these networks. */
  readonly trustedProxy?: { readonly header: string; readonly networks: readonly string[] };
  readonly logLevel: string;
  readonly learning: LearningSettings;
}

export type EnvironmentVariables = Readonly<Record<string, string | undefined>>;

/** Headers that mean something else, and those that anybody's request brings along. */
const UNFIT_HEADERS = new Set([
  ...['authorization', 'connection', 'content-length', 'content-type', 'cookie', 'forwarded', 'host', 'origin'],
  ...['proxy-authorization', 'transfer-encoding', 'x-forwarded-for', 'x-grafana-id', 'x-grafana-org-id'],
  'x-grafana-role',
]);

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
  const grafana = readGrafana(env);
  const trustedProxy = readTrustedProxy(env);
  const logLevel = env['HEADROOM_LOG_LEVEL'] ?? 'info';
  if (!LOG_LEVELS.includes(logLevel)) {
    throw invalid('HEADROOM_LOG_LEVEL', `it must be one of ${LOG_LEVELS.join(', ')}`);
  }
  return {
    host,
    port,
    ...(keda === undefined ? {} : { keda: { ...keda, ...kedaTls(env) } }),
    tokens,
    dataDirectory: env['HEADROOM_DATA_DIR'] ?? '.headroom',
    ...(databaseUrl ? { databaseUrl } : {}),
    ...(grafana === undefined ? {} : { grafana }),
    ...(trustedProxy === undefined ? {} : { trustedProxy }),
    logLevel,
    learning: readLearning(env),
  };
}

function readGrafana(env: EnvironmentVariables): Environment['grafana'] {
  const url = readWebUrl('HEADROOM_GRAFANA_URL', env);
  const issuer = readWebUrl('HEADROOM_GRAFANA_ISSUER', env);
  const audience = env['HEADROOM_GRAFANA_AUDIENCE'] || undefined;
  if (url === undefined) {
    if (issuer !== undefined || audience !== undefined) {
      const name = issuer === undefined ? 'HEADROOM_GRAFANA_AUDIENCE' : 'HEADROOM_GRAFANA_ISSUER';
      throw invalid(name, 'it goes with HEADROOM_GRAFANA_URL, which is not set');
    }
    return undefined;
  }
  return { url, issuer: issuer ?? url, audience: audience ?? 'org:1' };
}

function readWebUrl(name: string, env: EnvironmentVariables): string | undefined {
  const text = env[name];
  if (!text) {
    return undefined;
  }
  const url = URL.parse(text);
  // What it is may be a secret, so the error does not repeat it.
  if (url === null || !/^https?:$/.test(url.protocol) || url.username !== '' || url.password !== '') {
    throw invalid(name, 'it must be an http or https URL without a user');
  }
  return text;
}

function readTrustedProxy(env: EnvironmentVariables): Environment['trustedProxy'] {
  const header = env['HEADROOM_TRUSTED_PROXY_HEADER']?.toLowerCase();
  const networks = (env['HEADROOM_TRUSTED_PROXIES'] ?? '').split(',').flatMap((text) => text.trim() || []);
  if (!header && networks.length === 0) {
    return undefined;
  }
  if (!header) {
    throw invalid(
      'HEADROOM_TRUSTED_PROXY_HEADER',
      'it must name the header in which HEADROOM_TRUSTED_PROXIES tell who asks'
    );
  }
  if (networks.length === 0) {
    throw invalid(
      'HEADROOM_TRUSTED_PROXIES',
      'it must name the proxies that set HEADROOM_TRUSTED_PROXY_HEADER, such as 10.0.0.0/8'
    );
  }
  if (!/^[a-z0-9][a-z0-9-]*$/.test(header) || UNFIT_HEADERS.has(header)) {
    throw invalid('HEADROOM_TRUSTED_PROXY_HEADER', 'it must be a header of its own, such as X-Auth-Request-Email');
  }
  const unfit = networks.find((network) => !isNetwork(network));
  if (unfit !== undefined) {
    throw invalid('HEADROOM_TRUSTED_PROXIES', `${unfit} is no address or network such as 10.0.0.0/8`);
  }
  return { header, networks };
}

/** Whether it is an address, or a network that is not the whole world. */
function isNetwork(text: string): boolean {
  const match = /^([\d.]+|[\da-f:.]+)(?:\/(\d{1,3}))?$/i.exec(text);
  const version = isIP(match?.[1] ?? '');
  const prefix = Number(match?.[2] ?? 32);
  return version !== 0 && prefix >= 1 && prefix <= (version === 6 ? 128 : 32);
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
