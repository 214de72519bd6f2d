import { HeadroomError, type ErrorCode } from '../../errors/index.ts';
import type { PostgresTarget } from './postgresTarget.ts';

/** Conditions of https://www.postgresql.org/docs/current/errcodes-appendix.html; else its class, the first two digits. */
const CODES: Readonly<Record<string, ErrorCode>> = {
  '08': 'STORAGE_UNREACHABLE',
  '25006': 'STORAGE_READ_ONLY',
  '28': 'STORAGE_REFUSED',
  '3D000': 'STORAGE_REFUSED',
  '40001': 'STORAGE_BUSY',
  '40P01': 'STORAGE_BUSY',
  '42501': 'STORAGE_REFUSED',
  '53100': 'STORAGE_FULL',
  '53300': 'STORAGE_UNREACHABLE',
  '55P03': 'STORAGE_BUSY',
  '57014': 'STORAGE_BUSY',
  '57P01': 'STORAGE_UNREACHABLE',
  '57P02': 'STORAGE_UNREACHABLE',
  '57P03': 'STORAGE_UNREACHABLE',
  '57P05': 'STORAGE_UNREACHABLE',
  XX001: 'STORAGE_CORRUPT',
  XX002: 'STORAGE_CORRUPT',
};
/** node-postgres gives these no code. */
const LOST = /^Connection terminated|^timeout exceeded|^Query read timeout|not queryable|^The server does not support/;
/** Codes of Node's TLS: the certificate is not trusted or not that host's, or the handshake failed. */
const TLS = /CERT|^ERR_(?:TLS|SSL)|^UNABLE_TO_/;
const NO_PASSWORD = /^SASL|password must be a string/;

/** SQLSTATE of an error of the server; `undefined` for any other. */
export function sqlState(error: unknown): string | undefined {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  return typeof code === 'string' && /^[0-9A-Z]{5}$/.test(code) && !code.startsWith('E') ? code : undefined;
}

/** What PostgreSQL or the network threw, as a coded error that names the database and neither user nor password. */
export function postgresError(error: unknown, { name, secrets }: PostgresTarget): HeadroomError {
  if (error instanceof HeadroomError) {
    return error;
  }
  const code = codeOf(error);
  const said = secrets.reduce((text, secret) => text.replaceAll(secret, '(hidden)'), messageOf(error));
  const reason = sqlState(error)?.startsWith('28') ? 'user or password is wrong, or pg_hba.conf admits neither' : said;
  // The cause would carry what the reason leaves out into the log.
  return new HeadroomError(code, { file: name, reason: reason.replace(/\s+/g, ' ').slice(0, 200) });
}

function codeOf(error: unknown): ErrorCode {
  const state = sqlState(error);
  if (state !== undefined) {
    return CODES[state] ?? CODES[state.slice(0, 2)] ?? 'STORAGE_FAILED';
  }
  const message = messageOf(error);
  if (NO_PASSWORD.test(message)) {
    return 'STORAGE_REFUSED';
  }
  const isOfNetwork = error instanceof Error && 'syscall' in error;
  const isOfTls = error instanceof Error && 'code' in error && TLS.test(String(error.code));
  return isOfNetwork || isOfTls || error instanceof AggregateError || LOST.test(message)
    ? 'STORAGE_UNREACHABLE'
    : 'STORAGE_FAILED';
}

function messageOf(error: unknown): string {
  if (error instanceof AggregateError && error.errors.length > 0) {
    return error.errors.map(messageOf).join('; ');
  }
  return error instanceof Error ? error.message : String(error);
}
