export type ThemeId = 'dark' | 'light';

const STORAGE_KEY = 'headroom-capacity-app.workbench.theme';

/** The theme asked for by `?theme=`, else the one last chosen in this browser, else dark. */
export function chosenTheme(): ThemeId {
  const asked = new URLSearchParams(window.location.search).get('theme');
  if (asked === 'dark' || asked === 'light') {
    window.localStorage.setItem(STORAGE_KEY, asked);
    return asked;
  }
  return window.localStorage.getItem(STORAGE_KEY) === 'light' ? 'light' : 'dark';
}

/** Keeps the choice for the next visit. */
export function keepTheme(theme: ThemeId): void {
  window.localStorage.setItem(STORAGE_KEY, theme);
}
