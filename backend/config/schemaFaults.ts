import type { z } from 'zod';
import type { FaultPath, PathFault } from './fault.ts';
import { issueWords } from './issueWords.ts';

type Issue = z.core.$ZodIssue;

/** The faults that a schema found, one for each, in the order found, unknown keys one by one. */
export function schemaFaults(error: z.ZodError): PathFault[] {
  return error.issues.flatMap((issue) => faultsOf(issue, []));
}

function faultsOf(issue: Issue, parent: FaultPath): PathFault[] {
  const path = [...parent, ...issue.path.map((part) => (typeof part === 'symbol' ? String(part) : part))];
  switch (issue.code) {
    case 'unrecognized_keys':
      return issue.keys.map((key) => ({ path: [...path, key], problem: 'is not a known field', isKey: true }));
    case 'invalid_key':
      return [{ path, problem: issue.issues.map((inner) => inner.message).join('; '), isKey: true }];
    case 'invalid_union':
      return unionFaults(issue, path);
    default:
      return [{ path, problem: issueWords(issue) }];
  }
}

/** Of a union's branches, the one that came furthest speaks for it; equally good ones speak together. */
function unionFaults(issue: Extract<Issue, { code: 'invalid_union' }>, path: FaultPath): PathFault[] {
  if (issue.errors.length === 0) {
    const options = 'options' in issue ? (issue.options ?? []) : [];
    return [{ path, problem: `must be one of ${options.map(String).join(', ') || 'what is possible here'}` }];
  }
  const branches = issue.errors.map((issues) => issues.flatMap((inner) => faultsOf(inner, path)));
  const depth = (faults: readonly PathFault[]) => Math.max(...faults.map((fault) => fault.path.length));
  const deepest = Math.max(...branches.map(depth));
  const best = branches.filter((faults) => depth(faults) === deepest);
  if (deepest > path.length && best.length === 1) {
    return best[0] ?? [];
  }
  const problems = [...new Set(best.flat().map((fault) => fault.problem))];
  return [{ path, problem: problems.join(', or ') }];
}
