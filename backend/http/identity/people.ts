import type { GrafanaIdentityOptions } from './grafanaIdentity.ts';
import type { TrustedProxy } from './trustedProxy.ts';

/** What proves who a person is; at least one of them. */
export interface People {
  readonly grafana?: GrafanaIdentityOptions;
  readonly proxy?: TrustedProxy;
}
