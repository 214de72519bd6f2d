import { unwrap, type Expr } from '../ast.ts';
import { LabelSet } from '../labelSet.ts';

/** The labels that an absent series would have: those that its selector fixes by one `=` each. */
export function absentLabels(expr: Expr | undefined): LabelSet {
  const inner = expr === undefined ? undefined : unwrap(expr);
  const selector = inner?.kind === 'matrixSelector' ? inner.selector : inner;
  if (selector?.kind !== 'vectorSelector') {
    return LabelSet.EMPTY;
  }
  const fixed = new Map<string, string>();
  const seen = new Set<string>();
  for (const { name, operator, value } of selector.matchers) {
    if (name === '__name__') {
      continue;
    }
    if (operator === '=' && !seen.has(name)) {
      fixed.set(name, value);
      seen.add(name);
    } else {
      fixed.delete(name);
    }
  }
  return LabelSet.from(Object.fromEntries(fixed));
}
