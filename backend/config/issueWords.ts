import type { z } from 'zod';

const KINDS: Readonly<Record<string, string>> = {
  number: 'a number',
  int: 'a whole number',
  string: 'text',
  boolean: 'true or false',
  array: 'a list',
  object: 'an object',
  record: 'an object',
};

/** What is wrong with a value, to be said after its name: `must be at least 1`. */
export function issueWords(issue: z.core.$ZodIssue): string {
  const { message } = issue;
  if (issue.code === 'invalid_type') {
    return message.endsWith('received undefined')
      ? 'is missing'
      : message.startsWith('Invalid input: ')
        ? `must be ${KINDS[issue.expected] ?? issue.expected}`
        : message;
  }
  if (issue.code === 'too_small' && message.startsWith('Too small')) {
    return limitWords(issue.origin, issue.inclusive === false ? 'more than' : 'at least', issue.minimum);
  }
  if (issue.code === 'too_big' && message.startsWith('Too big')) {
    return limitWords(issue.origin, issue.inclusive === false ? 'less than' : 'at most', issue.maximum);
  }
  return message.startsWith('Invalid input: ') ? message.slice(15) : message;
}

function limitWords(origin: string, relation: string, limit: number | bigint): string {
  if (origin === 'string') {
    return limit === 1 && relation === 'at least'
      ? 'must not be empty'
      : `must have ${relation} ${String(limit)} characters`;
  }
  return origin === 'number' || origin === 'int'
    ? `must be ${relation} ${String(limit)}`
    : `must have ${relation} ${String(limit)}`;
}
