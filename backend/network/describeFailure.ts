const WORDS: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'the connection was refused',
  ECONNRESET: 'the connection was cut',
  EPIPE: 'the connection was cut',
  UND_ERR_SOCKET: 'the connection was cut',
  UND_ERR_RES_CONTENT_LENGTH_MISMATCH: 'the answer broke off',
  ENOTFOUND: 'the host name is not known',
  EAI_AGAIN: 'the host name cannot be looked up at the moment',
  EHOSTUNREACH: 'there is no route to the host',
  ENETUNREACH: 'there is no route to the network',
  ETIMEDOUT: 'the connection could not be made in time',
  UND_ERR_CONNECT_TIMEOUT: 'the connection could not be made in time',
  DEPTH_ZERO_SELF_SIGNED_CERT: 'its certificate is self-signed{authority}',
  SELF_SIGNED_CERT_IN_CHAIN: 'its certificate chain is self-signed{authority}',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'its certificate is signed by an unknown authority{authority}',
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: 'its certificate is signed by an unknown authority{authority}',
  CERT_HAS_EXPIRED: 'its certificate has expired',
  ERR_TLS_CERT_ALTNAME_INVALID: 'its certificate is for another name{serverName}',
};

/** What to set for a certificate that cannot be trusted, or is for another name. */
export interface TlsHints {
  readonly authority: string;
  readonly serverName: string;
}

/** Says in words why a connection failed: known codes by a table, others by their code; never the request's own data. */
export function describeFailure(error: unknown, hints?: TlsHints): string {
  for (let at: unknown = error, depth = 0; at instanceof Error && depth < 5; at = at.cause, depth++) {
    const code = 'code' in at && typeof at.code === 'string' ? at.code : undefined;
    if (code !== undefined) {
      return (WORDS[code] ?? `the connection failed (${code})`)
        .replace('{authority}', hints === undefined ? '' : `; ${hints.authority}`)
        .replace('{serverName}', hints === undefined ? '' : `; ${hints.serverName}`);
    }
    if (at instanceof AggregateError && at.errors.length > 0) {
      return describeFailure(at.errors[0], hints);
    }
  }
  return 'the connection failed';
}
