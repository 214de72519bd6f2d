import type { Failure } from './failure';

const UNKNOWN_CODES: readonly string[] = ['ACTING_UNSURE', 'INTERNAL'];

/** Whether a click that failed so may have been done all the same; then it is repeated with its own key. */
export function isOutcomeUnknown(failure: Failure): boolean {
  switch (failure.kind) {
    case 'unreachable':
    case 'timeout':
    case 'unexpected':
      return true;
    case 'problem':
      return UNKNOWN_CODES.includes(failure.problem.code);
    default:
      return false;
  }
}
