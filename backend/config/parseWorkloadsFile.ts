import { isMap, isPair, isScalar, LineCounter, parseDocument, type Document } from 'yaml';
import { checkWorkloadsFile } from './checkWorkloadsFile.ts';
import type { Config } from './config.ts';
import { formatPath, type Fault, type FaultPath, type PathFault } from './fault.ts';

export type ParsedWorkloadsFile =
  { readonly isValid: true; readonly config: Config } | { readonly isValid: false; readonly faults: readonly Fault[] };

/** Reads the text of a workloads file (YAML 1.2): a frozen Config, or every fault with its line and column. */
export function parseWorkloadsFile(text: string): ParsedWorkloadsFile {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false, stringKeys: true });
  const [first] = document.errors;
  if (first !== undefined) {
    return {
      isValid: false,
      faults: document.errors.map((error) => ({ ...position(lines, error.pos[0]), path: '', problem: error.message })),
    };
  }
  let value: unknown;
  try {
    value = document.toJS({ maxAliasCount: 100 });
  } catch (error) {
    return { isValid: false, faults: [{ line: 1, column: 1, path: '', problem: (error as Error).message }] };
  }
  if (value === null || value === undefined) {
    return { isValid: false, faults: [{ line: 1, column: 1, path: '', problem: 'the file is empty' }] };
  }
  const checked = checkWorkloadsFile(value, 'file');
  if (checked.isValid) {
    return { isValid: true, config: checked.value };
  }
  const faults = checked.faults.map((fault) => locate(document, lines, fault));
  return { isValid: false, faults: faults.sort((a, b) => a.line - b.line || a.column - b.column) };
}

function locate(document: Document, lines: LineCounter, fault: PathFault): Fault {
  return {
    ...position(lines, offsetOf(document, fault.path, fault.isKey === true)),
    path: formatPath(fault.path),
    problem: fault.problem,
  };
}

/** The place of the value, or of its key; for a value that is missing, that of the nearest parent that is there. */
function offsetOf(document: Document, path: FaultPath, isKey: boolean): number {
  for (let length = path.length; length >= 0; length--) {
    if (length > 0) {
      const key = path[length - 1];
      const parent = document.getIn(path.slice(0, length - 1), true);
      if (isMap(parent)) {
        const pair = parent.items.find((item) => isPair(item) && isScalar(item.key) && item.key.value === key);
        const node = isKey || pair?.value === null ? pair?.key : pair?.value;
        const range = (node as { range?: readonly number[] } | null | undefined)?.range;
        if (range?.[0] !== undefined) {
          return range[0];
        }
        continue;
      }
    }
    const node = document.getIn(path.slice(0, length), true) as { range?: readonly number[] } | null | undefined;
    if (node?.range?.[0] !== undefined) {
      return node.range[0];
    }
  }
  return 0;
}

function position(lines: LineCounter, offset: number): { line: number; column: number } {
  const { line, col } = lines.linePos(offset);
  return { line: Math.max(1, line), column: Math.max(1, col) };
}
