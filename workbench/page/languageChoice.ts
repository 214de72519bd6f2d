const STORAGE_KEY = 'headroom-capacity-app.workbench.language';
const TAG = /^[a-z]{2}-[A-Za-z]{2,4}$/;

/** The language asked for by `?lang=`, as Grafana tags it, else the one last chosen in this browser, else English. */
export function chosenLanguage(): string {
  const asked = new URLSearchParams(window.location.search).get('lang') ?? '';
  if (TAG.test(asked)) {
    keepLanguage(asked);
    return asked;
  }
  const kept = window.localStorage.getItem(STORAGE_KEY) ?? '';
  return TAG.test(kept) ? kept : 'en-US';
}

/** Keeps the choice for the next visit. */
export function keepLanguage(language: string): void {
  window.localStorage.setItem(STORAGE_KEY, language);
}
