import { exportJWK, generateKeyPair, SignJWT, type CryptoKey, type JWK, type JWTPayload } from 'jose';

export const NOW = 1_795_000_000;
export const ISSUER = 'https://grafana.example/';

/** A key pair as Grafana keeps one, and identities signed with it as Grafana signs them. */
export interface GrafanaSigner {
  readonly kid: string;
  readonly jwk: JWK;
  readonly privateKey: CryptoKey;
  /** Claims and headers replace those that Grafana sets; `undefined` leaves one out. */
  sign(claims?: JWTPayload, header?: Readonly<Record<string, unknown>>): Promise<string>;
}

export async function createGrafanaSigner(kid = 'default_2026-11_es256', nowSeconds = NOW): Promise<GrafanaSigner> {
  const { publicKey, privateKey } = await generateKeyPair('ES256', { extractable: true });
  const jwk = { ...(await exportJWK(publicKey)), kid, alg: 'ES256', use: 'sig' };
  return {
    kid,
    jwk,
    privateKey,
    sign: (claims = {}, header = {}) =>
      new SignJWT({
        iss: ISSUER,
        aud: 'org:1',
        sub: 'user:2',
        iat: nowSeconds - 5,
        exp: nowSeconds + 595,
        username: 'alice',
        role: 'Viewer',
        authenticatedBy: 'password',
        ...claims,
      })
        .setProtectedHeader({ alg: 'ES256', kid, typ: 'jwt', ...header })
        .sign(privateKey),
  };
}
