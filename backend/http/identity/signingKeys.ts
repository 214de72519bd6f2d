import { importJWK, type CryptoKey } from 'jose';
import { z } from 'zod';
import { HeadroomError } from '../../errors/index.ts';

/** Keys are asked for again after this: a key that was withdrawn is believed no longer than that. */
const FRESH_SECONDS = 600;
/** Keys of a Grafana that cannot be reached are believed this long. */
const STALE_SECONDS = 6 * 3600;
const RETRY_SECONDS = 60;
/** Between tries as long as nobody can be known at all. */
const FIRST_RETRY_SECONDS = 5;

const keySchema = z.object({
  kty: z.literal('EC'),
  crv: z.literal('P-256'),
  kid: z.string().min(1).max(200),
  x: z.string(),
  y: z.string(),
});
const keySetSchema = z.object({ keys: z.array(z.unknown()).max(100) });

export interface SigningKeysDeps {
  /** The key set as JSON (RFC 7517). */
  readonly fetchKeys: () => Promise<unknown>;
  readonly nowSeconds: () => number;
  readonly onFailure: (error: unknown) => void;
}

/**
 * The public ES256 keys of a Grafana by their id: kept, asked for again when they age or an id is unknown, at most once
 * a minute whoever asks, and used for six hours more while Grafana cannot be reached.
 */
export class SigningKeys {
  readonly #deps: SigningKeysDeps;
  #keys: ReadonlyMap<string, CryptoKey> = new Map();
  #fetchedAt = Number.NEGATIVE_INFINITY;
  #triedAt = Number.NEGATIVE_INFINITY;
  #fetching: Promise<void> | undefined;

  constructor(deps: SigningKeysDeps) {
    this.#deps = deps;
  }

  /**
   * The key of that id, `undefined` where Grafana has none; throws API_IDENTITY_UNAVAILABLE where that cannot be known.
   *
   * Without `canWait` it answers from what is at hand and asks in the background.
   */
  async key(id: string, canWait: boolean): Promise<CryptoKey | undefined> {
    const atHand = this.#isUsable() ? this.#keys.get(id) : undefined;
    if (atHand !== undefined && this.#age() < FRESH_SECONDS) {
      return atHand;
    }
    const fetched = this.#fetchWhenDue();
    if (atHand !== undefined) {
      return atHand;
    }
    if (canWait) {
      await fetched;
    }
    if (!this.#isUsable()) {
      throw new HeadroomError('API_IDENTITY_UNAVAILABLE');
    }
    return this.#keys.get(id);
  }

  #age(): number {
    return this.#deps.nowSeconds() - this.#fetchedAt;
  }

  #isUsable(): boolean {
    return this.#age() < FRESH_SECONDS + STALE_SECONDS;
  }

  #fetchWhenDue(): Promise<void> | undefined {
    const retrySeconds = this.#isUsable() ? RETRY_SECONDS : FIRST_RETRY_SECONDS;
    if (this.#fetching === undefined && this.#deps.nowSeconds() - this.#triedAt >= retrySeconds) {
      this.#triedAt = this.#deps.nowSeconds();
      this.#fetching = this.#fetch().finally(() => {
        this.#fetching = undefined;
      });
    }
    return this.#fetching;
  }

  async #fetch(): Promise<void> {
    try {
      const { keys } = keySetSchema.parse(await this.#deps.fetchKeys());
      const known = new Map<string, CryptoKey>();
      for (const key of keys) {
        const parsed = keySchema.safeParse(key);
        if (parsed.success) {
          const { kid, ...jwk } = parsed.data;
          known.set(kid, await importJWK(jwk, 'ES256'));
        }
      }
      this.#keys = known;
      this.#fetchedAt = this.#deps.nowSeconds();
    } catch (error) {
      this.#deps.onFailure(error);
    }
  }
}
