/** A label value as PromQL writes it between double quotes. */
export function escapedLabelValue(value: string): string {
  return value.replace(/\\/g, '\\\\').replace(/"/g, '\\"').replace(/\n/g, '\\n');
}
