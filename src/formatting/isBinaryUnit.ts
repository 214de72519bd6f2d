/** Grafana's units that count in powers of two, whose axes are read more easily in steps of such. */
const BINARY: ReadonlySet<string> = new Set(['bytes', 'kbytes', 'mbytes', 'gbytes', 'bits', 'binBps', 'binbps']);

/** Whether a unit, by Grafana's name, counts in powers of two. */
export function isBinaryUnit(unit: string | undefined): boolean {
  return unit !== undefined && BINARY.has(unit);
}
