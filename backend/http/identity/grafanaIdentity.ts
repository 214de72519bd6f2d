import { errors, jwtVerify, type JWTPayload } from 'jose';
import { HeadroomError } from '../../errors/index.ts';
import { isPersonName, type Person } from './person.ts';
import type { SigningKeys } from './signingKeys.ts';

/** How far the clocks of Grafana and Headroom may be apart. */
const CLOCK_TOLERANCE_SECONDS = 30;

export interface GrafanaIdentityOptions {
  readonly keys: Pick<SigningKeys, 'key'>;
  /** Grafana's root URL, as it signs it; a slash at its end makes no difference. */
  readonly issuer: string;
  /** `org:1`. */
  readonly audience: string;
  readonly nowSeconds: () => number;
}

/**
 * The person of a signed `X-Grafana-Id`: ES256 alone, by a key of that Grafana, its issuer, audience and times checked.
 *
 * Throws API_IDENTITY_INVALID, or API_IDENTITY_UNAVAILABLE where the keys cannot be had. Without `canWait` no answer of
 * Grafana is waited for.
 */
export async function grafanaIdentity(
  token: string,
  { keys, issuer, audience, nowSeconds }: GrafanaIdentityOptions,
  canWait: boolean
): Promise<Person> {
  const root = issuer.replace(/\/+$/, '');
  try {
    const { payload, protectedHeader } = await jwtVerify(
      token,
      async ({ kid }) => {
        const key = kid === undefined ? undefined : await keys.key(kid, canWait);
        if (key === undefined) {
          throw invalid('it names a key that Grafana does not sign with');
        }
        return key;
      },
      {
        algorithms: ['ES256'],
        issuer: [root, `${root}/`],
        audience,
        requiredClaims: ['exp', 'iat', 'sub'],
        currentDate: new Date(nowSeconds() * 1000),
        clockTolerance: CLOCK_TOLERANCE_SECONDS,
      }
    );
    // Grafana signs access tokens with the same keys.
    if (protectedHeader.typ !== undefined && protectedHeader.typ.toLowerCase() !== 'jwt') {
      throw invalid('it is a token of another kind');
    }
    return personOf(payload);
  } catch (error) {
    throw error instanceof HeadroomError ? error : invalid(reasonOf(error));
  }
}

/** Anonymous visitors, the image renderer and the like are signed too, and name nobody. */
function personOf({ sub = '', username }: JWTPayload): Person {
  if (!/^(user|service-account|api-key):[\w.-]{1,100}$/.test(sub)) {
    throw invalid('it names nobody');
  }
  const name = typeof username === 'string' && isPersonName(username) ? username : sub;
  return { name, subject: sub, via: 'grafana' };
}

function reasonOf(error: unknown): string {
  if (error instanceof errors.JWTExpired) {
    return 'it has expired';
  }
  if (error instanceof errors.JOSEAlgNotAllowed) {
    return 'it is not signed with ES256';
  }
  if (error instanceof errors.JWSSignatureVerificationFailed) {
    return 'its signature is not that of Grafana';
  }
  if (error instanceof errors.JWTClaimValidationFailed) {
    const claims: Readonly<Record<string, string>> = {
      iss: 'another Grafana issued it; HEADROOM_GRAFANA_ISSUER names the one that is believed',
      aud: 'it is meant for another organisation; HEADROOM_GRAFANA_AUDIENCE names the one that is believed',
      nbf: 'it is not valid yet',
    };
    return claims[error.claim] ?? `its claim ${error.claim} is missing or not valid`;
  }
  return 'it is no signed identity';
}

function invalid(reason: string): HeadroomError {
  return new HeadroomError('API_IDENTITY_INVALID', { header: 'X-Grafana-Id', reason });
}
