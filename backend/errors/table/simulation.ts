import type { ErrorEntry } from '../errorEntry.ts';

export const simulationErrors = {
  ASSESSMENT_INVALID: {
    status: 400,
    message: 'The assessment of {workload} is not possible: {field} {problem}',
    action: 'Correct the named field',
  },
  SCENARIO_UNKNOWN: {
    status: 400,
    message: '{scenario} is neither a scenario that ships with Headroom, nor one that is stored, nor a file',
    action: 'Give the path of a scenario file or one of {known}',
  },
  SCENARIO_INVALID: {
    status: 400,
    message: '{where}: {field} {problem}',
    action: 'Correct the named field; `npx headroom simulate --help` shows the format',
  },
  SCENARIO_BUILT_IN: {
    status: 409,
    message: 'The scenario {name} ships with Headroom and cannot be changed',
    action: 'Copy it: store it under another name',
  },
  SIMULATION_IMPOSSIBLE: {
    status: 422,
    message: '{workload} cannot be simulated: {reason}',
    action: 'Change the workload as it says, or simulate its history with `npx headroom simulate`',
  },
  SCENARIO_UNSUPPORTED: {
    status: 422,
    message: '{where}: {field} asks for {what}, which cannot be simulated yet',
    action: 'Leave this intervention out',
  },
  PLAN_INVALID: {
    status: 400,
    message: '{where}: {field} {problem}',
    action: 'Correct the named field; `npx headroom simulate --help` shows the format',
  },
  SERVICE_INVALID: {
    status: 400,
    message: '{where}: {field} {problem}',
    action: 'Correct the named field; `npx headroom simulate --help` shows the format',
  },
  REPLAY_TRACE_INVALID: {
    status: 400,
    message: '{file}: column {column} {problem}',
    action: 'Give a longer trace or a shorter --warmup; demand and replicas are 0 or more, or an empty cell',
  },
  CAPACITY_NOT_LEARNT: {
    status: 422,
    message: '{where}: perReplica is auto, but {reason}',
    action: 'Give perReplica as a number, or a past in which replicas came near their limit',
  },
} as const satisfies Readonly<Record<string, ErrorEntry>>;
