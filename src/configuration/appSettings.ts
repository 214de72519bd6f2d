import type { AppPluginMeta, KeyValue } from '@grafana/data';

/** What the configuration page keeps openly; secrets are in `secureJsonData` and never come back. */
export interface AppSettings extends KeyValue {
  /** The sidecar's address as Grafana's server reaches it. */
  readonly url?: string;
  /** The Prometheus data source that leads to the sidecar, for links to Explore. */
  readonly datasourceUid?: string;
}

/** The names of the secrets that the proxy routes of plugin.json send, one for each permission. */
export const TOKEN_NAMES = ['tokenRead', 'tokenPropose', 'tokenApprove', 'tokenScale', 'tokenAdmin'] as const;
export type TokenName = (typeof TOKEN_NAMES)[number];

/** Whether the app has been told where its sidecar is. */
export function isConfigured(meta: AppPluginMeta<AppSettings>): boolean {
  return (meta.jsonData?.url ?? '') !== '';
}
