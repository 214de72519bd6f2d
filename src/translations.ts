import { initPluginTranslations, t as translate } from '@grafana/i18n';
import { takeLanguage } from './formatting/language';
import { PLUGIN_ID } from './routes';
import { loadSentences } from './sentences/spoken';

/** Makes `t` and `Trans` speak a plugin's words, the app's unless a panel asks (Grafana has loaded them by `languages` in plugin.json), and numbers follow; await it before a page is drawn. */
export async function initTranslations(pluginId: string = PLUGIN_ID): Promise<void> {
  const { language } = await initPluginTranslations(pluginId);
  takeLanguage(language);
  known.clear();
  await loadSentences();
}

/** Texts without values, as they were found: a table asks for the same one on each of its lines. */
const known = new Map<string, string>();

/** Texts in the person's language; values are not escaped for HTML, as React does that when it shows them. */
export const t: typeof translate = (id, defaultMessage, values) => {
  if (values !== undefined) {
    return translate(id, defaultMessage, { ...values, interpolation: { escapeValue: false } });
  }
  let text = known.get(id);
  if (text === undefined) {
    text = translate(id, defaultMessage);
    known.set(id, text);
  }
  return text;
};
