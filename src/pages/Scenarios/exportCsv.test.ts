import { aReport } from '../../testing/simulationFixtures';
import { scenariosCsv } from './exportCsv';

const SCENARIO = (factor: number) => ({
  name: 's',
  interventions: [{ kind: 'scale' as const, target: 'demand', factor }],
});
const PLAN = { name: 'current', replicas: [{ at: '0s', count: 4 }] };

it('is a line for each step and series, the baseline once', () => {
  const of = (factor: number) => aReport({ scenarios: [SCENARIO(factor)], plans: [PLAN], detail: 'slider' });
  const lines = scenariosCsv([
    { name: 'sale', report: of(2) },
    { name: 'a "big" one', report: of(3) },
  ])
    .trimEnd()
    .split('\n');
  expect(lines[0]).toBe('timestamp,scenario,series,q0.1,q0.5,q0.9,shortfall_current');
  expect(lines).toHaveLength(1 + 3 * 2 * 12);
  expect(lines[1]).toBe('2026-11-18T12:06:40.000Z,baseline,requests,10,50,90,0.1');
  expect(lines.filter((line) => line.includes(',baseline,'))).toHaveLength(24);
  expect(lines.some((line) => line.includes('"a ""big"" one",cpu,3,15,27,0.3'))).toBe(true);
});

it('leaves out what a report does not know', () => {
  const full = aReport({ scenarios: [SCENARIO(2)], plans: [], detail: 'full' });
  expect(scenariosCsv([{ name: 'x', report: full }]).split('\n')[0]).toBe(
    'timestamp,scenario,series,q0.025,q0.1,q0.5,q0.9,q0.975'
  );
});
