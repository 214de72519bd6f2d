import { isCollection, LineCounter, parseAllDocuments, type Document } from 'yaml';
import type { z } from 'zod';
import { issueWords } from '../../config/index.ts';
import { HeadroomError, type ErrorCode } from '../../errors/index.ts';

export type YamlCode = Extract<ErrorCode, 'SCENARIO_INVALID' | 'PLAN_INVALID' | 'SERVICE_INVALID' | 'RECIPE_INVALID'>;

/** One YAML document of a file, as its schema reads it. */
export interface YamlValue<T> {
  readonly value: T;
  /** `file:line:column` of a field written as `interventions[0].start`. */
  locate(field: string): string;
}

/**
 * The documents of a YAML text (one or more, parted by `---`), each checked against `schema`; `file` names it.
 *
 * Throws `code` with file, line, column and field of the first fault.
 */
export function parseYaml<T>(text: string, file: string, schema: z.ZodType<T>, code: YamlCode): Array<YamlValue<T>> {
  const lines = new LineCounter();
  const parsed = parseAllDocuments(text, { lineCounter: lines, prettyErrors: false, stringKeys: true });
  const documents = 'empty' in parsed ? [] : parsed;
  if (documents.length === 0) {
    throw new HeadroomError(code, { where: file, field: 'file', problem: 'is empty' });
  }
  const placeOf = (offset: number) => {
    const { line, col } = lines.linePos(offset);
    return `${file}:${String(line)}:${String(col)}`;
  };
  return documents.map((document) => {
    const unreadable = (offset: number, problem: string): never => {
      throw new HeadroomError(code, { where: placeOf(offset), field: 'YAML', problem: `cannot be read: ${problem}` });
    };
    const [fault] = document.errors;
    if (fault !== undefined) {
      return unreadable(fault.pos[0], fault.message);
    }
    const locate = (path: readonly PropertyKey[]) => placeOf(offsetOf(document, path));
    const result = schema.safeParse(valueOf(document, unreadable));
    if (!result.success) {
      const { path, problem } = firstFault(result.error);
      throw new HeadroomError(code, { where: locate(path), field: fieldOf(path), problem });
    }
    return { value: result.data, locate: (field) => locate(pathOf(field)) };
  });
}

/** The plain value; aliases to nowhere, or to more and more of themselves, are faults too. */
function valueOf(document: Document, unreadable: (offset: number, problem: string) => never): unknown {
  try {
    return document.toJS();
  } catch (error) {
    return unreadable(offsetOf(document, []), (error as Error).message);
  }
}

function firstFault(error: z.ZodError): { path: readonly PropertyKey[]; problem: string } {
  const [issue] = error.issues;
  if (issue === undefined) {
    return { path: [], problem: error.message };
  }
  if (issue.code === 'unrecognized_keys') {
    return { path: [...issue.path, issue.keys[0]!], problem: 'is not a known field' };
  }
  return { path: issue.path, problem: issueWords(issue) };
}

function fieldOf(path: readonly PropertyKey[]): string {
  const field = path.map((part) => (typeof part === 'number' ? `[${String(part)}]` : `.${String(part)}`)).join('');
  return field === '' ? 'document' : field.replace(/^\./, '');
}

function pathOf(field: string): readonly PropertyKey[] {
  return [...field.matchAll(/\[(\d+)\]|([^.[\]]+)/g)].map(([, index, name]) =>
    index === undefined ? name! : Number(index)
  );
}

/** Where the deepest part of the path that exists stands in the text. */
function offsetOf(document: Document, path: readonly PropertyKey[]): number {
  for (let depth = path.length; depth > 0; depth--) {
    const node: unknown = document.getIn(path.slice(0, depth), true);
    const range = (node as { range?: readonly number[] | null } | undefined)?.range;
    if (range?.[0] !== undefined) {
      return range[0];
    }
  }
  return isCollection(document.contents) ? (document.contents.range?.[0] ?? 0) : 0;
}
