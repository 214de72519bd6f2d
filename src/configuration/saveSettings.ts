import type { AppPluginMeta } from '@grafana/data';
import { getBackendSrv } from '@grafana/runtime';
import { lastValueFrom } from 'rxjs';
import type { AppSettings, TokenName } from './appSettings';

export interface SettingsToSave {
  readonly settings: AppSettings;
  /** Those that are to be stored anew; what is left out stays as it is. */
  readonly tokens: Readonly<Partial<Record<TokenName, string>>>;
}

/** Stores the app's settings in Grafana and enables the app; a secret goes only one way. */
export async function saveSettings(
  { id, pinned }: Pick<AppPluginMeta<AppSettings>, 'id' | 'pinned'>,
  { settings, tokens }: SettingsToSave
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
        ...(Object.keys(tokens).length === 0 ? {} : { secureJsonData: tokens }),
      },
    })
  );
}
