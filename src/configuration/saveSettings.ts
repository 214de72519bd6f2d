import type { AppPluginMeta } from '@grafana/data';
import { getBackendSrv } from '@grafana/runtime';
import { lastValueFrom } from 'rxjs';
import { READ_TOKEN, type AppSettings } from './appSettings';

export interface SettingsToSave {
  readonly settings: AppSettings;
  /** Undefined keeps the secret that is stored. */
  readonly token: string | undefined;
}

/** Stores the app's settings in Grafana and enables the app; a secret goes only one way. */
export async function saveSettings(
  { id, pinned }: Pick<AppPluginMeta<AppSettings>, 'id' | 'pinned'>,
  { settings, token }: SettingsToSave
): Promise<void> {
  await lastValueFrom(
    getBackendSrv().fetch({
      url: `/api/plugins/${id}/settings`,
      method: 'POST',
      showErrorAlert: false,
      data: {
        enabled: true,
        pinned: pinned ?? true,
        jsonData: settings,
        ...(token === undefined ? {} : { secureJsonData: { [READ_TOKEN]: token } }),
      },
    })
  );
}
