import { createContext, useContext } from 'react';
import type { AppPluginMeta } from '@grafana/data';
import { config } from '@grafana/runtime';
import { isConfigured, type AppSettings } from '../configuration/appSettings';

/** What every page needs to know of the app around it. */
export interface AppState {
  /** Whether the app knows an address of its sidecar. */
  readonly isConfigured: boolean;
  /** Whether this person may open the configuration page. */
  readonly isAdmin: boolean;
  /** The Prometheus data source that leads to the sidecar, where one is set. */
  readonly datasourceUid: string | undefined;
}

export const AppStateContext = createContext<AppState>({
  isConfigured: true,
  isAdmin: false,
  datasourceUid: undefined,
});

export function useAppState(): AppState {
  return useContext(AppStateContext);
}

/** The state of the app from what Grafana hands to its root page. */
export function appStateOf(meta: AppPluginMeta<AppSettings>): AppState {
  const { user } = config.bootData;
  return {
    isConfigured: isConfigured(meta),
    isAdmin: user.isGrafanaAdmin || user.orgRole === 'Admin',
    datasourceUid: meta.jsonData?.datasourceUid,
  };
}
