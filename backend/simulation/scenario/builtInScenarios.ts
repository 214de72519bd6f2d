import type { Scenario } from '../../../contract/index.ts';

/** The scenarios that ship by name; they act on whatever demand, resources and replicas a simulation has. */
export const BUILT_IN_SCENARIOS: readonly Scenario[] = [
  {
    name: 'api-spike',
    description: 'A fifth more calls from now on',
    interventions: [{ kind: 'scale', target: 'demand', factor: 1.2 }],
  },
  {
    name: 'added-vm',
    description: 'One more replica, serving ten minutes from now',
    interventions: [{ kind: 'capacity', target: 'replicas', add: 1, start: '10m' }],
  },
  {
    name: 'denial-of-service',
    description: 'A flood of three times the usual demand for an hour, which comes within minutes',
    interventions: [
      { kind: 'attack', target: 'demand', factor: 4, start: '30m', duration: '1h', rampUp: '5m', rampDown: '10m' },
    ],
  },
  {
    name: 'data-load',
    description: 'A bulk load for two hours: a quarter more demand, and each unit of it half as heavy again',
    interventions: [
      { kind: 'load', target: 'demand', factor: 1.25, start: '1h', duration: '2h' },
      { kind: 'scale', target: 'resources', factor: 1.5, start: '1h', duration: '2h' },
    ],
  },
  {
    name: 'user-growth',
    description: 'Demand that grows by three tenths over the horizon',
    interventions: [{ kind: 'ramp', target: 'demand', factor: 1.3 }],
  },
];
