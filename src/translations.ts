import { initPluginTranslations, t as translate } from '@grafana/i18n';
import { takeLanguage } from './formatting/language';
import { PLUGIN_ID } from './routes';

/** Makes `t` and `Trans` speak a plugin's words, the app's unless a panel asks (Grafana has loaded them by `languages` in plugin.json), and numbers follow; await it before a page is drawn. */
export async function initTranslations(pluginId: string = PLUGIN_ID): Promise<void> {
  const { language } = await initPluginTranslations(pluginId);
  takeLanguage(language);
}

/** Texts in the person's language; values are not escaped for HTML, as React does that when it shows them. */
export const t: typeof translate = (id, defaultMessage, values) =>
  translate(id, defaultMessage, { ...values, interpolation: { escapeValue: false } });
