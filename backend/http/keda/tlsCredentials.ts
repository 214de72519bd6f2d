import { X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createSecureContext } from 'node:tls';
import { experimental, type ServerCredentials } from '@grpc/grpc-js';
import { KEDA_TLS_VARIABLES, type KedaTls } from '../../config/index.ts';
import { HeadroomError } from '../../errors/index.ts';

interface Certificates {
  readonly certificate: Buffer;
  readonly privateKey: Buffer;
  readonly caCertificate?: Buffer;
}

export interface TlsCredentials {
  readonly credentials: ServerCredentials;
  /** Reads the files again: certificates rotate. What cannot be used is thrown, and the last good ones stay. */
  readonly refresh: () => void;
}

/** A server's credentials from PEM files; throws CONFIG_ENVIRONMENT_INVALID where they cannot be read or used. */
export function tlsCredentials(files: KedaTls): TlsCredentials {
  let current = readCertificates(files);
  const tellers = new Set<() => void>();
  const listeners = <Update>(updateOf: () => Update) => {
    const told = new Map<(update: Update | null) => void, () => void>();
    return {
      add(listener: (update: Update | null) => void): void {
        const tell = (): void => {
          listener(updateOf());
        };
        told.set(listener, tell);
        tellers.add(tell);
        // The server counts as watching only after it has asked.
        queueMicrotask(tell);
      },
      remove(listener: (update: Update | null) => void): void {
        tellers.delete(told.get(listener) ?? (() => undefined));
        told.delete(listener);
      },
    };
  };
  const identity = listeners(() => current);
  const ca = listeners(() => ({ caCertificate: current.caCertificate ?? Buffer.alloc(0) }));
  const provider: experimental.CertificateProvider = {
    addIdentityCertificateListener: (listener) => {
      identity.add(listener);
    },
    removeIdentityCertificateListener: (listener) => {
      identity.remove(listener);
    },
    addCaCertificateListener: (listener) => {
      ca.add(listener);
    },
    removeCaCertificateListener: (listener) => {
      ca.remove(listener);
    },
  };
  const asksClients = files.clientCaFile !== undefined;
  return {
    credentials: experimental.createCertificateProviderServerCredentials(
      provider,
      asksClients ? provider : null,
      asksClients
    ),
    refresh() {
      const next = readCertificates(files);
      if (!isSame(current, next)) {
        current = next;
        for (const tell of tellers) {
          tell();
        }
      }
    },
  };
}

function readCertificates({ certificateFile, keyFile, clientCaFile }: KedaTls): Certificates {
  const certificate = pemOf('certificateFile', certificateFile);
  const privateKey = pemOf('keyFile', keyFile);
  const caCertificate = clientCaFile === undefined ? undefined : pemOf('clientCaFile', clientCaFile);
  attempt('certificateFile', certificateFile, () => new X509Certificate(certificate));
  attempt('keyFile', keyFile, () => createSecureContext({ cert: certificate, key: privateKey }));
  if (caCertificate === undefined) {
    return { certificate, privateKey };
  }
  attempt('clientCaFile', clientCaFile ?? '', () => new X509Certificate(caCertificate));
  return { certificate, privateKey, caCertificate };
}

function pemOf(which: keyof KedaTls, file: string): Buffer {
  return attempt(which, file, () => readFileSync(file));
}

function attempt<T>(which: keyof KedaTls, file: string, read: () => T): T {
  try {
    return read();
  } catch (cause) {
    const problem = `${file} cannot be used: ${(cause as Error).message}`;
    throw new HeadroomError('CONFIG_ENVIRONMENT_INVALID', { name: KEDA_TLS_VARIABLES[which], problem }, { cause });
  }
}

function isSame(a: Certificates, b: Certificates): boolean {
  return (
    a.certificate.equals(b.certificate) &&
    a.privateKey.equals(b.privateKey) &&
    (a.caCertificate ?? Buffer.alloc(0)).equals(b.caCertificate ?? Buffer.alloc(0))
  );
}
