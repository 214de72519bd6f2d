import { createDataFrame, FieldType, type DataFrame } from '@grafana/data';
import fc from 'fast-check';
import type { MappingOptions } from '../options';
import { groupNames } from './groupNames';
import { levelOfText } from './levelOfText';
import { mapFields, type MappedGroup } from './mapFields';
import { roleByName } from './roleByName';

const AUTO: MappingOptions = { boundsPercent: 80 };
const TIMES = [0, 60_000, 120_000];

/** A series as a Prometheus data source returns it. */
function aSeries(
  metric: string,
  labels: Record<string, string> = {},
  values: readonly number[] = [1, 2, 3]
): DataFrame {
  return createDataFrame({
    fields: [
      { name: 'Time', type: FieldType.time, values: TIMES },
      {
        name: 'Value',
        type: FieldType.number,
        values: [...values],
        labels: metric === '' ? labels : { __name__: metric, ...labels },
      },
    ],
  });
}

/** A table as an SQL data source returns it. */
function aTable(columns: Record<string, readonly number[]>): DataFrame {
  return createDataFrame({
    fields: [
      { name: 'Time', type: FieldType.time, values: TIMES },
      ...Object.entries(columns).map(([name, values]) => ({ name, type: FieldType.number, values: [...values] })),
    ],
  });
}

function onlyGroup(frames: readonly DataFrame[], options: MappingOptions = AUTO): MappedGroup {
  const mapping = mapFields(frames, options);
  expect(mapping?.groups).toHaveLength(1);
  return mapping!.groups[0]!;
}

describe('levelOfText', () => {
  it.each([
    ['0.9', 0.9],
    ['.5', 0.5],
    ['q0.1', 0.1],
    ['Q90', 0.9],
    ['p90', 0.9],
    ['p99.9', 0.999],
    ['p5', 0.05],
    ['quantile_0.975', 0.975],
    ['95th percentile', undefined],
    ['percentile 95', 0.95],
    ['forecast_q0.05', 0.05],
    ['cpu p95', 0.95],
    ['checkout quantile=0.25', 0.25],
    ['1', undefined],
    ['0', undefined],
    ['q97.5', 0.975],
    ['q0', undefined],
    ['Q4', undefined],
    ['p100', undefined],
    ['app1', undefined],
    ['mp3', undefined],
    ['', undefined],
  ])('reads %p as %p', (text, level) => {
    expect(levelOfText(text)).toBe(level);
  });

  it('reads every published level as it is written', () => {
    for (const level of [0.01, 0.025, 0.05, 0.1, 0.2, 0.5, 0.9, 0.95, 0.975, 0.99]) {
      expect(levelOfText(String(level))).toBe(level);
      expect(levelOfText(`q${level}`, true)).toBe(level);
    }
  });

  it('never names a level outside 0 and 1, whatever the text', () => {
    fc.assert(
      fc.property(fc.string(), fc.boolean(), (text, isMarked) => {
        const level = levelOfText(text, isMarked);
        expect(level === undefined || (level > 0 && level < 1)).toBe(true);
      })
    );
  });
});

describe('roleByName', () => {
  const roleOf = (name: string, labels: Record<string, string> = {}) => roleByName({ name, displayName: name, labels });

  it.each([
    ['yhat_lower', { kind: 'lower' }],
    ['yhat_upper', { kind: 'upper' }],
    ['yhat', { kind: 'mean' }],
    ['cpu_yhat_upper', { kind: 'upper' }],
    ['forecast-lower', { kind: 'lower' }],
    ['Predicted High', { kind: 'upper' }],
    ['lower', { kind: 'lower' }],
    ['Upper bound', { kind: 'upper' }],
    ['median', { kind: 'quantile', level: 0.5 }],
    ['prediction', { kind: 'mean' }],
    ['headroom_actual', { kind: 'actual' }],
    ['headroom_forecast_mean', { kind: 'mean' }],
    ['headroom_capacity', { kind: 'capacity' }],
    ['headroom_shortfall_probability', { kind: 'probability' }],
    ['limit', { kind: 'capacity' }],
    ['actual', { kind: 'actual' }],
    ['requests', undefined],
    ['follower', undefined],
    ['uppercase', undefined],
    ['y', { kind: 'actual' }],
    ['memory', undefined],
  ])('takes %p for %p', (name, role) => {
    expect(roleOf(name)).toEqual(role);
  });

  it('believes a label before a name', () => {
    expect(roleOf('headroom_forecast', { quantile: '0.9' })).toEqual({ kind: 'quantile', level: 0.9 });
    expect(roleOf('actual', { quantile: '0.1' })).toEqual({ kind: 'quantile', level: 0.1 });
    expect(roleOf('cpu', { ml_forecast: 'yhat_upper' })).toEqual({ kind: 'upper' });
  });
});

describe('mapFields', () => {
  it("knows Headroom's series: all of one workload and resource are one group", () => {
    const labels = { workload: 'checkout', resource: 'cpu' };
    const group = onlyGroup([
      aSeries('headroom_actual', { ...labels, unit: 'cores' }),
      aSeries('headroom_forecast', { ...labels, unit: 'cores', quantile: '0.9' }, [9, 9, 9]),
      aSeries('headroom_forecast', { ...labels, unit: 'cores', quantile: '0.1' }, [1, 1, 1]),
      aSeries('headroom_forecast_mean', { ...labels, unit: 'cores' }),
      aSeries('headroom_capacity', labels),
      aSeries('headroom_shortfall_probability', { workload: 'checkout', resource: 'any' }, [0, 0, 1]),
    ]);
    expect(group.quantiles).toEqual({
      levels: [0.1, 0.9],
      values: [
        [1, 1, 1],
        [9, 9, 9],
      ],
    });
    expect(group.name).toBe('');
    expect([group.actual, group.mean, group.capacity, group.probability].every(Boolean)).toBe(true);
    expect(group.lead).toBe(group.actual);
  });

  it('keeps workloads apart and names them by what differs', () => {
    const mapping = mapFields(
      ['checkout', 'search'].flatMap((workload) => [
        aSeries('headroom_actual', { workload, region: 'eu' }),
        aSeries('headroom_forecast', { workload, region: 'eu', quantile: '0.5' }),
      ]),
      AUTO
    );
    expect(mapping?.groups.map(({ name, quantiles }) => [name, quantiles.levels])).toEqual([
      ['checkout', [0.5]],
      ['search', [0.5]],
    ]);
  });

  it('takes one unnamed series beside a forecast for what was measured', () => {
    const group = onlyGroup([
      aSeries('', {}, [5, 6, 7]),
      aSeries('headroom_forecast', { workload: 'checkout', quantile: '0.1' }),
      aSeries('headroom_forecast', { workload: 'checkout', quantile: '0.9' }),
    ]);
    expect(group.actual?.values).toEqual([5, 6, 7]);
  });

  it('takes a series that stands alone for what was measured, and has no forecast', () => {
    const mapping = mapFields([aSeries('http_requests_total', { job: 'api' })], AUTO);
    expect(mapping?.hasForecast).toBe(false);
    expect(mapping?.groups[0]?.actual).toBeDefined();
    expect(mapping?.unused).toEqual([]);
  });

  it('draws nothing of several series of which it knows nothing, and names them', () => {
    const mapping = mapFields([aSeries('a', { job: 'x' }), aSeries('b', { job: 'y' })], AUTO);
    expect(mapping?.groups).toEqual([]);
    expect(mapping?.unused).toHaveLength(2);
  });

  it.each([
    ['q columns of a backtest', { value: [1], 'q0.1': [0], 'q0.9': [2] }, [0.1, 0.9]],
    ['p columns', { requests: [1], p50: [1], p95: [2] }, [0.5, 0.95]],
    ['Prophet', { y: [1], yhat: [1], yhat_lower: [0], yhat_upper: [2] }, [0.1, 0.9]],
    ['bounds', { measured: [1], lower: [0], upper: [2] }, [0.1, 0.9]],
  ])('knows the columns of %s', (_name, columns, levels) => {
    const group = onlyGroup([aTable(columns)]);
    expect(group.quantiles.levels).toEqual(levels);
    expect(group.actual).toBeDefined();
  });

  it('takes lower and upper for as much as the options say', () => {
    const table = aTable({ lower: [0, 0, 0], upper: [2, 2, 2] });
    expect(onlyGroup([table], { boundsPercent: 95 }).quantiles.levels).toEqual([0.025, 0.975]);
  });

  it('follows the options before the names', () => {
    const table = aTable({ load: [1, 1, 1], actual: [2, 2, 2], top: [4, 4, 4], room: [5, 5, 5], q50: [3, 3, 3] });
    const mapping = mapFields([table], {
      boundsPercent: 80,
      actual: 'load',
      capacity: 'room',
      quantiles: [
        { level: 0.9, field: 'top' },
        { level: 7, field: 'actual' },
      ],
    });
    const [group] = mapping?.groups ?? [];
    expect(group?.actual?.values).toEqual([1, 1, 1]);
    expect(group?.capacity?.values).toEqual([5, 5, 5]);
    expect(group?.quantiles).toEqual({ levels: [0.9], values: [[4, 4, 4]] });
    expect(mapping?.unused).toEqual(['actual', 'q50']);
  });

  it('brings queries of different steps onto one time axis, absent being neither zero nor null', () => {
    const sparse = createDataFrame({
      fields: [
        { name: 'Time', type: FieldType.time, values: [60_000] },
        { name: 'upper', type: FieldType.number, values: [7] },
      ],
    });
    const mapping = mapFields([aSeries('headroom_actual'), sparse], AUTO);
    expect(mapping?.timesMs).toEqual(TIMES);
    expect(mapping?.groups[0]?.quantiles.values[0]).toEqual([undefined, 7, undefined]);
  });

  it('is nothing without time or without numbers', () => {
    const text = { name: 'line', type: FieldType.string, values: ['a'] };
    const number = { name: 'n', type: FieldType.number, values: [1] };
    const time = { name: 'Time', type: FieldType.time, values: [1] };
    expect(mapFields([], AUTO)).toBeNull();
    expect(mapFields([createDataFrame({ fields: [number] })], AUTO)).toBeNull();
    expect(mapFields([createDataFrame({ fields: [time, text] })], AUTO)).toBeNull();
  });
});

describe('groupNames', () => {
  it('are the values of the labels that differ', () => {
    expect(groupNames([{ a: '1', b: 'x' }, { a: '1', b: 'y' }, { a: '1' }])).toEqual(['x', 'y', '3']);
    expect(groupNames([{ a: '1' }])).toEqual(['']);
    expect(groupNames([])).toEqual([]);
  });
});
