const WORDS: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'the connection was refused',
  ECONNRESET: 'the connection was cut',
  EPIPE: 'the connection was cut',
  ENOTFOUND: 'the host name is not known',
  EAI_AGAIN: 'the host name cannot be looked up at the moment',
  EHOSTUNREACH: 'there is no route to the host',
  ENETUNREACH: 'there is no route to the network',
  ETIMEDOUT: 'the connection could not be made in time',
  DEPTH_ZERO_SELF_SIGNED_CERT: 'its certificate is self-signed, and no authority was given',
  SELF_SIGNED_CERT_IN_CHAIN: 'its certificate chain is self-signed, and no authority was given',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'its certificate is signed by an unknown authority',
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: 'its certificate is signed by an unknown authority',
  CERT_HAS_EXPIRED: 'its certificate has expired',
  ERR_TLS_CERT_ALTNAME_INVALID: 'its certificate is for another name',
};

/** Says in words why a connection failed; never the request's own data. */
export function failureWords(error: unknown): string {
  for (let at: unknown = error, depth = 0; at instanceof Error && depth < 5; at = at.cause, depth++) {
    if ('code' in at && typeof at.code === 'string') {
      return WORDS[at.code] ?? `the connection failed (${at.code})`;
    }
    if (at instanceof AggregateError && at.errors.length > 0) {
      return failureWords(at.errors[0]);
    }
  }
  return 'the connection failed';
}
