import type { Fan } from './fan';
import { fanLayout, layoutKey, partKey } from './fanLayout';

const COLORS = { actual: 'blue', forecast: 'orange', capacity: 'green', plan: 'purple' };
const fan: Fan = {
  key: 'cpu',
  name: 'cpu',
  actual: [1, 2, null],
  median: [null, 2, 3],
  mean: [null, 2, 3],
  bands: [
    { percent: 50, lower: [null, 1.5, 2], upper: [null, 2.5, 4] },
    { percent: 80, lower: [null, 1, 1], upper: [null, 3, 5] },
  ],
  capacity: [4, 4, 4],
};
const layoutOf = (fans: readonly Fan[], hidden?: ReadonlySet<string>) =>
  fanLayout([0, 1, 2], fans, () => COLORS, hidden);

describe('fanLayout', () => {
  it('draws bands from wide to narrow below the lines, what was measured on top', () => {
    const { lines, data } = layoutOf([fan]);
    expect(
      lines.map(({ part, percent, edge }) => [part, percent, edge].filter((each) => each !== null).join(' '))
    ).toEqual([
      'bands 80 upper',
      'bands 80 lower',
      'bands 50 upper',
      'bands 50 lower',
      'capacity',
      'mean',
      'median',
      'actual',
    ]);
    expect(data).toHaveLength(lines.length + 1);
    expect(data.at(-1)).toBe(fan.actual);
  });

  it('fills each band between its own edges', () => {
    const { areas, data } = layoutOf([fan]);
    expect(areas.map(({ upperIndex, lowerIndex }) => [data[upperIndex], data[lowerIndex]])).toEqual([
      [fan.bands[1]?.upper, fan.bands[1]?.lower],
      [fan.bands[0]?.upper, fan.bands[0]?.lower],
    ]);
  });

  it('puts the bands of all fans below the lines of any', () => {
    const { lines } = layoutOf([fan, { ...fan, key: 'memory' }]);
    const isBand = lines.map(({ part }) => part === 'bands');
    expect(isBand).toEqual([...isBand].sort((a, b) => Number(b) - Number(a)));
  });

  it('leaves out what is hidden or not there', () => {
    const { lines, areas } = layoutOf([{ key: 'a', name: 'a', bands: [], actual: [1] }]);
    expect(lines.map(({ part }) => part)).toEqual(['actual']);
    expect(areas).toEqual([]);
    const hidden = layoutOf([fan], new Set([partKey('cpu', 'bands'), partKey('cpu', 'mean')]));
    expect(hidden.lines.map(({ part }) => part)).toEqual(['capacity', 'median', 'actual']);
    expect(hidden.areas).toEqual([]);
  });

  it('has the same key when only numbers change', () => {
    const changed = { ...fan, actual: [7, 8, 9] };
    expect(layoutKey(layoutOf([changed]))).toBe(layoutKey(layoutOf([fan])));
    expect(layoutKey(layoutOf([{ ...fan, bands: [] }]))).not.toBe(layoutKey(layoutOf([fan])));
  });
});
