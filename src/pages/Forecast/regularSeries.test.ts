import { createDataFrame, FieldType } from '@grafana/data';
import fc from 'fast-check';
import { onGrid, regularSeriesOf } from './regularSeries';

describe('onGrid', () => {
  it('takes the most common spacing and leaves gaps as gaps', () => {
    expect(onGrid([0, 60_000, 120_000, 300_000], [1, 2, null, 5])).toEqual({
      startSeconds: 0,
      stepSeconds: 60,
      values: [1, 2, null, null, null, 5],
    });
  });

  it('puts disorder in order, the later of two at one instant holding', () => {
    expect(onGrid([120_000, 0, 60_000, 60_400], [3, 1, 2, 9])?.values).toEqual([1, 9, 3]);
  });

  it('takes what is not a number as missing', () => {
    expect(onGrid([0, 60_000, 120_000, 180_000], [1, NaN, Infinity, 4])).toMatchObject({ stepSeconds: 180 });
    expect(onGrid([0, 60_000], [null, undefined])).toBeNull();
    expect(onGrid([], [])).toBeNull();
    expect(onGrid([5], [1])).toBeNull();
  });

  it('keeps every number of an even series where it was', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 7200 }),
        fc.integer({ min: 0, max: 1_000_000 }),
        fc.array(fc.double({ noNaN: true, noDefaultInfinity: true }), { minLength: 2, maxLength: 50 }),
        (step, offset, values) => {
          const regular = onGrid(
            values.map((_, index) => (offset + index) * step * 1000),
            values
          );
          expect(regular).toEqual({ startSeconds: offset * step, stepSeconds: step, values });
        }
      )
    );
  });

  it('never posts more than the sidecar takes', () => {
    const sparse = onGrid([0, 1000, 2000, 10 ** 12], [1, 2, 3, 4]);
    expect(sparse?.values).toHaveLength(20_000);
    expect(sparse?.values.at(-1)).toBe(4);
  });
});

it('regularSeriesOf finds every number over time, by the name that a legend shows', () => {
  const time = { name: 'Time', type: FieldType.time, values: [0, 60_000] };
  const frames = [
    createDataFrame({
      fields: [
        time,
        { name: 'Value', type: FieldType.number, values: [1, 2], labels: { job: 'api' }, config: { unit: 'reqps' } },
      ],
    }),
    createDataFrame({ fields: [time, { name: 'host', type: FieldType.string, values: ['a', 'b'] }] }),
    createDataFrame({ fields: [{ name: 'n', type: FieldType.number, values: [1, 2] }] }),
  ];
  expect(regularSeriesOf(frames)).toEqual([
    { name: 'api', unit: 'reqps', startSeconds: 0, stepSeconds: 60, values: [1, 2] },
  ]);
});
