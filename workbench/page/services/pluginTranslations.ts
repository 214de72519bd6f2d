import { type PluginMeta } from '@grafana/data';
import { ENGLISH_US } from '@grafana/i18n';
import { getBackendSrv } from '@grafana/runtime';
import * as i18next from 'i18next';

/** The languages that a plugin.json declares. */
export function languagesOf(meta: PluginMeta): readonly string[] {
  const { languages = [] } = meta as PluginMeta & { readonly languages?: readonly string[] };
  return languages;
}

/** Loads the words of plugins before their modules, as Grafana does; a language that none declares is English. */
export async function speak(language: string, metas: readonly PluginMeta[]): Promise<void> {
  const speakers = language === ENGLISH_US ? [] : metas.filter((meta) => languagesOf(meta).includes(language));
  await Promise.all(
    speakers.map(async ({ id, baseUrl = '' }) => {
      const words = await getBackendSrv().get<object>(`/${baseUrl}/locales/${language}/${id}.json`);
      i18next.default.addResourceBundle(language, id, words, true, false);
    })
  );
  await i18next.default.changeLanguage(speakers.length === 0 ? ENGLISH_US : language);
}
