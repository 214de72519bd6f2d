import type { DurationNode } from '../ast.ts';
import { executionError } from './executionError.ts';

/** A duration in whole milliseconds, the rest cut off; throws where arithmetic in it gives none. */
export function durationMs(duration: DurationNode): number {
  const value = seconds(duration);
  return duration.kind === 'duration' ? Math.trunc(Math.round(value * 1e9) / 1e6) : Math.trunc(value * 1000);
}

/** A range or step in milliseconds, which must be above 0. */
export function positiveDurationMs(duration: DurationNode): number {
  const value = durationMs(duration);
  if (!(value > 0) && duration.kind === 'durationOperation') {
    const { start, end } = duration.position;
    throw executionError(`${String(start)}:${String(end)}: duration must be greater than 0`);
  }
  return value;
}

/** An offset in milliseconds, 0 where there is none. */
export function offsetMs(offset: DurationNode | undefined): number {
  return offset === undefined ? 0 : durationMs(offset);
}

function seconds(duration: DurationNode): number {
  if (duration.kind === 'duration') {
    return duration.seconds;
  }
  const left = duration.left === undefined ? 0 : seconds(duration.left);
  const right = seconds(duration.right);
  switch (duration.operator) {
    case '+':
      return left + right;
    case '-':
      return left - right;
    case '*':
      return left * right;
    case '/':
    case '%': {
      if (right === 0) {
        const { start, end } = duration.position;
        const problem = `${duration.operator === '/' ? 'division' : 'modulo'} by zero`;
        throw executionError(`${String(start)}:${String(end)}: ${problem}`);
      }
      return duration.operator === '/' ? left / right : left % right;
    }
    case '^':
      return left ** right;
    case 'atan2':
      return Math.atan2(left, right);
  }
}
