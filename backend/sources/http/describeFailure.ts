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
  DEPTH_ZERO_SELF_SIGNED_CERT: 'its certificate is self-signed; give tls.caFile',
  SELF_SIGNED_CERT_IN_CHAIN: 'its certificate chain is self-signed; give tls.caFile',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'its certificate is signed by an unknown authority; give tls.caFile',
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: 'its certificate is signed by an unknown authority; give tls.caFile',
  CERT_HAS_EXPIRED: 'its certificate has expired',
  ERR_TLS_CERT_ALTNAME_INVALID: 'its certificate is for another name; give tls.serverName',
};

/** Says in words why a connection failed: known codes by a table, others by their code; never the request's own data. */
export function describeFailure(error: unknown): string {
  for (let at: unknown = error, depth = 0; at instanceof Error && depth < 5; at = at.cause, depth++) {
    const code = 'code' in at && typeof at.code === 'string' ? at.code : undefined;
    if (code !== undefined) {
      return WORDS[code] ?? `the connection failed (${code})`;
    }
    if (at instanceof AggregateError && at.errors.length > 0) {
      return describeFailure(at.errors[0]);
    }
  }
  return 'the connection failed';
}
