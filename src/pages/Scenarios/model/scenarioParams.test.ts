import { readScenarioParams, writeScenarioParams } from './scenarioParams';
import { changesOf, withChanges } from './changes';
import { proposalName } from './proposalName';
import { nameSchema } from '../../../../contract/scalars.ts';
import type { Scenario } from '../../../../contract/scenario.ts';

const SALE: Scenario = {
  name: 'sale',
  interventions: [
    {
      kind: 'spike',
      target: 'demand',
      factor: 2.5,
      start: ['30m', '2h'],
      duration: '2h',
      shape: 'plateau',
      rampUp: '5m',
    },
    { kind: 'capacity', target: 'replicas', add: -1, start: '10m', probability: 0.3 },
  ],
};

it('what stands in an address is read as it was written', () => {
  const question = {
    workload: 'checkout',
    scenarios: [{ kind: 'kept', name: 'flash-sale' } as const, { kind: 'composed', scenario: SALE } as const],
    active: 1,
    resource: 'cpu',
    plan: 'static/risk-0.01',
    serviceSeconds: 0.04,
  };
  const params = writeScenarioParams(question, new URLSearchParams('from=now-6h&s=old'));
  expect(params.get('from')).toBe('now-6h');
  expect(readScenarioParams(new URLSearchParams(params.toString()))).toEqual({ ...question, unreadable: [] });
});

it('garbage in an address is told, never guessed', () => {
  const read = readScenarioParams(
    new URLSearchParams([
      ['s', '{'],
      ['s', '{"name":"x","interventions":[{"kind":"magic","target":"demand"}]}'],
      ['s', 'Not A Name'],
      ['s', 'zone-loss'],
      ['active', '-3'],
      ['service', 'Infinity'],
    ])
  );
  expect(read.scenarios).toEqual([{ kind: 'kept', name: 'zone-loss' }]);
  expect(read.unreadable).toHaveLength(3);
  expect([read.active, read.serviceSeconds]).toEqual([0, null]);
});

it('no more than four are compared', () => {
  const many = Array.from({ length: 9 }, (_, index) => ['s', `a${index}`]);
  expect(readScenarioParams(new URLSearchParams(many)).scenarios).toHaveLength(4);
});

it('changes make the scenario that they came from', () => {
  expect(withChanges(SALE, changesOf(SALE))).toEqual(SALE);
});

it.each([
  ['flash-sale', 'risk-0.001'],
  ['x'.repeat(63), 'risk-0.01-reactive'],
  ['-', '-'],
])('a plan for %s is named as plans may be', (scenario, plan) => {
  expect(nameSchema.safeParse(proposalName(scenario, plan)).success).toBe(true);
});
