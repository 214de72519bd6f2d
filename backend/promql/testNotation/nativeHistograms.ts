import type { Expr, VectorSelector } from '../ast.ts';
import type { LabelSet } from '../labelSet.ts';
import { matchesAll } from '../matcher.ts';
import type { EvalCommand, LoadCommand } from './testCommand.ts';

const CLASSIC_SUFFIX = /_(?:bucket|count|sum)$/;
const BUCKET_LABEL = new Set(['le']);

/** The loaded series that hold native histograms, which the evaluator does not. */
export class NativeHistograms {
  readonly #labels = new Map<string, LabelSet>();

  load(command: LoadCommand): void {
    for (const { labels, values } of command.series) {
      if (values.some(({ kind }) => kind === 'histogram')) {
        this.#labels.set(labels.key, labels);
      }
      if (command.hasNativeHistograms && CLASSIC_SUFFIX.test(labels.name)) {
        const base = labels.without(BUCKET_LABEL).with('__name__', labels.name.replace(CLASSIC_SUFFIX, ''));
        this.#labels.set(base.key, base);
      }
    }
  }

  clear(): void {
    this.#labels.clear();
  }

  /** Whether an evaluation reads one of them, or expects one. */
  concerns(command: EvalCommand, expr: Expr | undefined): boolean {
    const isExpected = command.series.some(({ values }) => values.some(({ kind }) => kind === 'histogram'));
    return (
      isExpected ||
      selectorsOf(expr).some((selector) =>
        [...this.#labels.values()].some((labels) => matchesAll(selector.matchers, (name) => labels.get(name)))
      )
    );
  }
}

function selectorsOf(expr: Expr | undefined): VectorSelector[] {
  switch (expr?.kind) {
    case 'vectorSelector':
      return [expr];
    case 'matrixSelector':
      return [expr.selector];
    case 'call':
      return expr.args.flatMap(selectorsOf);
    case 'aggregation':
      return [...selectorsOf(expr.expr), ...selectorsOf(expr.param)];
    case 'binary':
      return [...selectorsOf(expr.left), ...selectorsOf(expr.right)];
    case 'subquery':
    case 'paren':
    case 'unary':
    case 'stepInvariant':
      return selectorsOf(expr.expr);
    default:
      return [];
  }
}
