import type { Agent } from 'node:http';

/** What proves to an API server who asks. */
export interface ClusterCredentials {
  readonly headers: Readonly<Record<string, string>>;
  /** Holds the certificates; absent for plain HTTP. */
  readonly agent?: Agent;
  /** What must never be shown. */
  readonly secrets: readonly string[];
}

/** The way to one API server. */
export interface ClusterAccess {
  /** Its address, without a slash at the end. */
  readonly server: string;
  /** As they are now: tokens and certificates that were renewed on disk are seen. */
  credentials(): Promise<ClusterCredentials>;
  /** After the server no longer believed them: forgets what was kept of them. */
  renew(): Promise<void>;
  close(): void;
}
