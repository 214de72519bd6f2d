import { readFile, stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import { createSecureContext } from 'node:tls';
import { Agent } from 'undici';
import { HeadroomError } from '../../errors/index.ts';
import type { HttpAccess } from './httpAccess.ts';
import { CONCURRENCY } from './requestGate.ts';

/**
 * Keeps the connections to one source, with its TLS files, which are read again when they change on disk (certificates
 * that rotate). Throws SOURCE_SETTINGS_INVALID for a file that cannot be read or is no certificate.
 */
export class TlsAgent {
  readonly #access: HttpAccess;
  readonly #directory: string;
  #agent: Agent | undefined;
  #fingerprint = '';

  constructor(access: HttpAccess, directory: string) {
    this.#access = access;
    this.#directory = directory;
  }

  async agent(): Promise<Agent> {
    const { caFile, certFile, keyFile } = this.#access.tls ?? {};
    const fingerprints = await Promise.all([caFile, certFile, keyFile].map((file) => this.#fingerprintOf(file)));
    const fingerprint = fingerprints.join('|');
    if (this.#agent === undefined || fingerprint !== this.#fingerprint) {
      const [ca, cert, key] = await Promise.all([this.#read(caFile), this.#read(certFile), this.#read(keyFile)]);
      const former = this.#agent;
      this.#agent = this.#open({ ...(ca && { ca }), ...(cert && { cert }), ...(key && { key }) });
      this.#fingerprint = fingerprint;
      void former?.close();
    }
    return this.#agent;
  }

  async destroy(): Promise<void> {
    await this.#agent?.destroy();
  }

  #open(files: { ca?: Buffer; cert?: Buffer; key?: Buffer }): Agent {
    const { serverName, insecureSkipVerify } = this.#access.tls ?? {};
    try {
      // Fails on files that are no PEM here, rather than at each connection.
      createSecureContext(files);
      // Timeouts are one for the whole request and set by the caller, so undici's own are off.
      return new Agent({
        connections: CONCURRENCY,
        headersTimeout: 0,
        bodyTimeout: 0,
        connect: {
          ...files,
          ...(serverName !== undefined && { servername: serverName }),
          rejectUnauthorized: insecureSkipVerify !== true,
        },
      });
    } catch (error) {
      throw this.#settingsError(`tls: ${error instanceof Error ? error.message : String(error)}`);
    }
  }

  async #fingerprintOf(file: string | undefined): Promise<string> {
    if (file === undefined) {
      return '';
    }
    try {
      const { mtimeMs, size, ino } = await stat(resolve(this.#directory, file));
      return `${mtimeMs}/${size}/${ino}`;
    } catch (error) {
      throw this.#unreadable(file, error);
    }
  }

  async #read(file: string | undefined): Promise<Buffer | undefined> {
    if (file === undefined) {
      return undefined;
    }
    try {
      return await readFile(resolve(this.#directory, file));
    } catch (error) {
      throw this.#unreadable(file, error);
    }
  }

  #unreadable(file: string, error: unknown): HeadroomError {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown reason';
    return this.#settingsError(`the TLS file ${file} cannot be read (${code})`);
  }

  #settingsError(problem: string): HeadroomError {
    return new HeadroomError('SOURCE_SETTINGS_INVALID', { source: this.#access.name, problem });
  }
}
