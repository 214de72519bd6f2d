const HOUR_SECONDS = 3600;

/** The hour [from, until) that an instant lies in, in epoch seconds: its first outlook stays whole. */
export function hourOf(seconds: number): { readonly from: number; readonly until: number } {
  const from = Math.floor(seconds / HOUR_SECONDS) * HOUR_SECONDS;
  return { from, until: from + HOUR_SECONDS };
}
