import { HeadroomError } from '../errors/index.ts';

/** PEM files of the external scaler, read again when they change. */
export interface KedaTls {
  readonly certificateFile: string;
  readonly keyFile: string;
  /** Whoever connects must hold a certificate signed by one of these; absent: anyone may. */
  readonly clientCaFile?: string;
}

/** The variables that name them, which errors point to. */
export const KEDA_TLS_VARIABLES = {
  certificateFile: 'HEADROOM_KEDA_TLS_CERT',
  keyFile: 'HEADROOM_KEDA_TLS_KEY',
  clientCaFile: 'HEADROOM_KEDA_TLS_CLIENT_CA',
} as const;

/** Reads where the scaler's certificates are; throws CONFIG_ENVIRONMENT_INVALID where one is named without the other. */
export function kedaTls(env: Readonly<Record<string, string | undefined>>): { readonly tls?: KedaTls } {
  const names = KEDA_TLS_VARIABLES;
  const [certificateFile, keyFile, clientCaFile] = [
    env[names.certificateFile],
    env[names.keyFile],
    env[names.clientCaFile],
  ];
  if (!certificateFile && !keyFile && !clientCaFile) {
    return {};
  }
  if (!certificateFile) {
    throw missing(names.certificateFile, keyFile ? names.keyFile : names.clientCaFile);
  }
  if (!keyFile) {
    throw missing(names.keyFile, names.certificateFile);
  }
  return { tls: { certificateFile, keyFile, ...(clientCaFile ? { clientCaFile } : {}) } };
}

function missing(name: string, other: string): HeadroomError {
  return new HeadroomError('CONFIG_ENVIRONMENT_INVALID', { name, problem: `it is required where ${other} is set` });
}
