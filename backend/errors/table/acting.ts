import type { ErrorEntry } from '../errorEntry.ts';

export const actingErrors = {
  ACTING_MODE_LOCKED: {
    status: 409,
    message: 'The mode of workload {workload} is locked to {mode} by the workloads file',
    action: 'Change scaling.mode there, or remove scaling.modeLocked',
  },
  ACTING_NO_TARGET: {
    status: 409,
    message: 'Workload {workload} has nothing to act on',
    action: 'Name a scaling.target in its declaration',
  },
  ACTING_OBSERVES: {
    status: 409,
    message: 'Workload {workload} is observed only: nothing is changed in mode observe',
    action: 'Set its mode to approve or auto first',
  },
  ACTING_PAUSED: {
    status: 409,
    message: 'Scaling {direction} is paused for workload {workload}: {reason}',
    action: 'Resume it first, if whoever paused it agrees',
  },
  ACTING_ELSEWHERE: {
    status: 503,
    message: 'Another Headroom acts at present: {holder}',
    action: 'Ask that one, or wait until its lease ends',
  },
  ACTING_HELD: {
    status: 409,
    message: 'Workload {workload} is not changed: {reason}',
    action: 'Read the reasons of the preview; what they name has to change first',
  },
  ACTING_NOT_OPEN: {
    status: 409,
    message: 'Recommendation {id} is {state}: it cannot be {what} any more',
    action: 'Look at the recommendation that stands now',
  },
  ACTING_OUTDATED: {
    status: 412,
    message: 'Recommendation {id} has changed since it was read: {now}',
    action: 'Read it again; what it says now is approved by one more call, with its new ETag',
  },
  ACTING_PRECONDITION_MISSING: {
    status: 428,
    message: 'Acting on a recommendation needs the header {missing}, which is missing',
    action: 'Send as If-Match the ETag of the recommendation that was looked at, as Idempotency-Key one of this click',
  },
  ACTING_NOTHING_TO_ROLL_BACK: {
    status: 409,
    message: 'Recommendation {id} has nothing to roll back: {reason}',
    action: 'Look at the decisions of its workload',
  },
  ACTING_UNSURE: {
    status: 504,
    message: 'It is not known yet whether workload {workload} was changed: {reason}',
    action: 'Ask again with the same Idempotency-Key: it acts once; Headroom finds out meanwhile',
  },
} as const satisfies Readonly<Record<string, ErrorEntry>>;
