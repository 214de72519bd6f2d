import type { Position } from '../ast.ts';
import { lineAndColumn } from '../syntax/queryError.ts';

/** Something worth knowing about a result, where in the query it arose if anywhere. */
export interface Annotation {
  readonly kind: 'warning' | 'info';
  readonly message: string;
  readonly position?: Position;
}

/** The annotations of one query, each message once. */
export class Annotations {
  readonly #byMessage = new Map<string, Annotation>();

  warn(problem: string, position: Position): void {
    this.add({ kind: 'warning', message: `PromQL warning: ${problem}`, position });
  }

  inform(note: string, position: Position): void {
    this.add({ kind: 'info', message: `PromQL info: ${note}`, position });
  }

  add(annotation: Annotation): void {
    this.#byMessage.set(annotation.message, annotation);
  }

  all(): readonly Annotation[] {
    return [...this.#byMessage.values()];
  }
}

/**
 * The annotations of one kind as they go into a reply: positions as line:column, at most `limit` of them, then how
 * many were left out. Source: Annotations.AsStrings.
 */
export function annotationTexts(
  annotations: readonly Annotation[],
  kind: Annotation['kind'],
  query: string,
  limit: number
): string[] {
  const texts = annotations
    .filter((annotation) => annotation.kind === kind)
    .map(({ message, position }) =>
      position === undefined ? message : `${message} (${lineAndColumn(query, position.start)})`
    );
  return texts.length <= limit
    ? texts
    : [...texts.slice(0, limit), `${String(texts.length - limit)} more ${kind} annotations omitted`];
}
