/** Minutes for people: whole ones from ten on, else to a tenth; `<0.1` where there are next to none. */
export function formatMinutes(minutes: number): string {
  if (minutes > 0 && minutes < 0.05) {
    return '<0.1';
  }
  return new Intl.NumberFormat(undefined, { maximumFractionDigits: minutes < 9.95 ? 1 : 0 }).format(minutes);
}
