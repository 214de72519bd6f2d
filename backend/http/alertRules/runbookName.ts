/** The runbook of an alert by its name: HeadroomSourceDown has headroom-source-down. */
export function runbookName(alert: string): string {
  return alert.replace(/(?<!^)[A-Z]/g, (letter) => `-${letter}`).toLowerCase();
}
