import { initPluginTranslations, t as translate } from '@grafana/i18n';
import { PLUGIN_ID } from './routes';

/** Makes `t` and `Trans` speak this app's words (Grafana has loaded them by `languages` in plugin.json); await it before a page is drawn. */
export async function initTranslations(): Promise<void> {
  await initPluginTranslations(PLUGIN_ID);
}

/** Texts in the person's language; values are not escaped for HTML, as React does that when it shows them. */
export const t: typeof translate = (id, defaultMessage, values) =>
  translate(id, defaultMessage, { ...values, interpolation: { escapeValue: false } });
