/** One thing that is wrong with a workloads file; `line` and `column` count from 1. */
export interface Fault {
  readonly line: number;
  readonly column: number;
  /** Where in the document, as `workloads[2].forecast.step`; empty for the whole. */
  readonly path: string;
  readonly problem: string;
}

export type FaultPath = ReadonlyArray<string | number>;

/** A fault found in a value, before its place in the text is known. */
export interface PathFault {
  readonly path: FaultPath;
  readonly problem: string;
  /** The fault lies in the key of the last path element, not in its value. */
  readonly isKey?: boolean;
}

/** Writes a path as `workloads[2].forecast.step`. */
export function formatPath(path: FaultPath): string {
  return path
    .map((part, index) => (typeof part === 'number' ? `[${part}]` : `${index === 0 ? '' : '.'}${part}`))
    .join('');
}
