import type { ErrorEntry } from '../errorEntry.ts';

export const targetErrors = {
  TARGET_UNREACHABLE: {
    status: 502,
    message: 'The target {target} cannot be reached: {reason}',
    action: 'Check its address, the network and the credentials; Headroom holds what stands and goes on trying',
  },
  TARGET_TIMEOUT: {
    status: 504,
    message: 'The target {target} did not answer within {timeout}',
    action: 'Look at the load of its API; Headroom reads it before it does anything more',
  },
  TARGET_FAILED: {
    status: 502,
    message: 'The target {target} failed: {reason}',
    action: 'Look in its own log; Headroom reads it before it does anything more',
  },
  TARGET_THROTTLED: {
    status: 503,
    message: 'The target {target} says that it is asked too often: {reason}',
    action: 'Raise its limit; Headroom waits longer between two tries',
  },
  TARGET_FORBIDDEN: {
    status: 502,
    message: 'The target {target} does not let Headroom do that: {reason}',
    action: 'Give it the permissions of deploy/kubernetes, or correct its credentials',
  },
  TARGET_GONE: {
    status: 404,
    message: 'The target {target} does not exist: {reason}',
    action: 'Correct scaling.target in the workloads file, or create what it names',
  },
  TARGET_REFUSED: {
    status: 422,
    message: 'The target {target} refuses the change: {reason}',
    action: 'Correct the bounds of scaling in the workloads file or those of the target',
  },
  TARGET_CONFLICT: {
    status: 409,
    message: 'The target {target} was changed by somebody else meanwhile: {reason}',
    action: 'Look at what it is now and decide again',
  },
  TARGET_FENCED: {
    status: 409,
    message: 'The target {target} is in the hands of another Headroom: {reason}',
    action: 'Leave it to that one, or stop it; this one takes over when its lease ends',
  },
  TARGET_OWNED: {
    status: 409,
    message: 'The target {target} is scaled by {owner}: what is set there would be undone within seconds',
    action: 'Name that autoscaler as scaling.target instead',
  },
  TARGET_SETTINGS_INVALID: {
    status: 503,
    message: 'The target {target} is not set up rightly: {problem}',
    action: 'Correct scaling.target in the workloads file or the environment of the sidecar',
  },
} as const satisfies Readonly<Record<string, ErrorEntry>>;
