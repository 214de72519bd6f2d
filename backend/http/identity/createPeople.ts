import type { Environment } from '../../config/index.ts';
import { fetchSigningKeys } from './fetchSigningKeys.ts';
import type { People } from './people.ts';
import { SigningKeys } from './signingKeys.ts';
import { TrustedProxy } from './trustedProxy.ts';

export interface PeopleDeps {
  readonly nowSeconds: () => number;
  /** Told when Grafana's keys could not be had. */
  readonly onFailure: (error: unknown) => void;
}

/** What the environment names to prove people with; `undefined` where it names nothing. */
export function createPeople(
  { grafana, trustedProxy }: Pick<Environment, 'grafana' | 'trustedProxy'>,
  { nowSeconds, onFailure }: PeopleDeps
): People | undefined {
  if (grafana === undefined && trustedProxy === undefined) {
    return undefined;
  }
  return {
    ...(grafana === undefined ? {} : { grafana: { ...grafana, keys: keysOf(grafana.url), nowSeconds } }),
    ...(trustedProxy === undefined ? {} : { proxy: new TrustedProxy(trustedProxy) }),
  };

  function keysOf(url: string): SigningKeys {
    return new SigningKeys({ fetchKeys: () => fetchSigningKeys(url), nowSeconds, onFailure });
  }
}
