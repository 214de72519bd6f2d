import { aKeptScenario, aReport } from '../../../testing/simulationFixtures';
import { axisTop } from './axisTop';
import { rememberedFans } from './rememberedFans';

const report = () => aReport({ scenarios: [aKeptScenario().scenario], detail: 'slider' });

const fansOf = () =>
  rememberedFans({
    ...{ resource: report().column, past: null, perReplica: 50, baselineName: 'Without' },
    plan: {
      name: 'chosen',
      replicas: [
        { at: '0s', count: 2 },
        { at: '2h', count: 5 },
      ],
    },
    colorsOf: () => ({ baseline: {}, scenario: {} }),
  });

it('the fans of a scenario stay the same object until its own report or name is another', () => {
  const remembered = fansOf();
  const [first, second] = [report(), report()];
  const of = [remembered(0, first, 'a'), remembered(1, second, 'b')];
  expect(remembered(0, first, 'a')).toBe(of[0]);
  expect(remembered(0, report(), 'a')).not.toBe(of[0]);
  expect(remembered(1, second, 'b')).toBe(of[1]);
  expect(remembered(1, second, 'c').fans[1]).toMatchObject({ name: 'c' });
});

it('the capacity is what the plan holds at the end of each step', () => {
  const [, scenario] = fansOf()(0, report(), 'a').fans;
  expect(scenario?.capacity?.slice(0, 4)).toEqual([100, 250, 250, 250]);
});

it('the top of the axis is the next number of two digits', () => {
  expect([0, -1, Number.NaN, 2087, 2100, 2101, 0.0312, 99.5].map(axisTop)).toEqual([
    0, 0, 0, 2100, 2100, 2200, 0.032, 100,
  ]);
});
