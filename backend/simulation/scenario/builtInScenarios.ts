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
  {
    name: 'zone-loss',
    description: 'One of three zones fails for two hours and takes a third of the replicas with it',
    interventions: [{ kind: 'capacity', target: 'replicas', factor: 0.6667, start: '30m', duration: '2h' }],
  },
  {
    name: 'node-failure',
    description: 'A node fails: one replica less for a quarter of an hour, some time in the next six hours',
    interventions: [{ kind: 'capacity', target: 'replicas', add: -1, start: ['10m', '6h'], duration: '15m' }],
  },
  {
    name: 'heavier-deployment',
    description: 'A deployment in a quarter of an hour after which each request takes twice the CPU',
    interventions: [{ kind: 'scale', target: 'cpu', factor: 2, start: '15m' }],
  },
  {
    name: 'retry-storm',
    description: 'Clients that time out try again: three times the demand at once, which dies down within the hour',
    interventions: [{ kind: 'spike', target: 'demand', factor: 3, start: '15m', duration: '1h', shape: 'exponential' }],
  },
  {
    name: 'flash-sale',
    description: 'Twice the requests for two hours, and each a little heavier',
    interventions: [
      { kind: 'spike', target: 'demand', factor: 2, start: '30m', duration: '2h', rampUp: '5m', rampDown: '30m' },
      { kind: 'scale', target: 'resources', factor: 1.1, start: '30m', duration: '2h' },
    ],
  },
  {
    name: 'batch-overlap',
    description: 'A batch job runs late into the day: three hours of its load on top of the usual',
    interventions: [
      { kind: 'load', target: 'demand', factor: 1.15, start: ['1h', '4h'], duration: '3h' },
      { kind: 'load', target: 'resources', factor: 1.4, start: ['1h', '4h'], duration: '3h' },
    ],
  },
  {
    name: 'cache-loss',
    description: 'A cache is emptied: half as many requests again reach the service, each heavier, until it is warm',
    interventions: [
      { kind: 'spike', target: 'demand', factor: 1.5, start: '10m', duration: '90m', shape: 'exponential' },
      { kind: 'spike', target: 'resources', factor: 1.3, start: '10m', duration: '90m', shape: 'exponential' },
    ],
  },
];
