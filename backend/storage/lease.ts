/** Who asks for a lease, until when: `nowSeconds + ttlSeconds` by the clock of who asks. */
export interface LeaseAsk {
  readonly name: string;
  /** One process at one start: whoever asks under the name of the holder takes the lease over. */
  readonly holder: string;
  readonly nowSeconds: number;
  readonly ttlSeconds: number;
}

/** A lease as it was given: only the latest token of a name holds it. */
export interface LeaseGrant {
  readonly name: string;
  readonly holder: string;
  readonly token: number;
}

/** What became of an ask for a lease; `holder` and `expiresSeconds` are null where nobody holds it. */
export type Lease =
  | { readonly held: true; readonly token: number; readonly expiresSeconds: number }
  | { readonly held: false; readonly holder: string | null; readonly expiresSeconds: number | null };
