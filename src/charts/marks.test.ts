import { createTheme } from '@grafana/data';
import type uPlot from 'uplot';
import { describeMarks, drawMarks, marksAt, type Mark } from './marks';

const SALE: Mark = { name: 'sale', startMs: 1000, endMs: 3000 };
const FLOOR: Mark = { name: 'floor: 2 → 7', startMs: 5000, endMs: 5000 };

/** A plot of 0 to 10,000 ms on 1000 pixels, that remembers what is drawn. */
function aPlot() {
  const drawn: unknown[][] = [];
  const ctx = new Proxy(
    {},
    {
      get: (_, name) =>
        name === 'measureText'
          ? (text: string) => ({ width: text.length * 6 })
          : (...args: unknown[]) => drawn.push([name, ...args]),
      set: () => true,
    }
  );
  const plot = { bbox: { left: 0, top: 0, width: 1000, height: 200 }, ctx, valToPos: (ms: number) => ms / 10 };
  return { plot: plot as unknown as uPlot, written: () => drawn.filter(([name]) => name === 'fillText'), drawn };
}

describe('marks', () => {
  it('are found at a time within half a step of their ends', () => {
    expect(marksAt([SALE, FLOOR], 2000, 1000)).toEqual([SALE]);
    expect(marksAt([SALE, FLOOR], 5400, 1000)).toEqual([FLOOR]);
    expect(marksAt([SALE, FLOOR], 4000, 1000)).toEqual([]);
  });

  it('are told in words, a stretch by both ends', () => {
    expect(describeMarks([SALE, FLOOR], 'utc')).toEqual([
      'sale from 1970-01-01 00:00:01 to 1970-01-01 00:00:03',
      'floor: 2 → 7 at 1970-01-01 00:00:05',
    ]);
  });

  it('are drawn from their begin to their end, with their names', () => {
    const { plot, written, drawn } = aPlot();
    drawMarks(plot, [FLOOR, SALE], createTheme());
    expect(drawn).toContainEqual(['fillRect', 100, 0, 200, 200]);
    expect(drawn).toContainEqual(['moveTo', 500, 0]);
    expect(written().map(([, text]) => text)).toEqual(['sale', 'floor: 2 → 7']);
  });

  it('outside of what is shown are left out, and a name that would cover another is not written', () => {
    const { plot, written } = aPlot();
    const near = { name: 'another', startMs: 1100, endMs: 1100 };
    const gone = { name: 'long ago', startMs: -3000, endMs: -2000 };
    drawMarks(plot, [gone, SALE, near], createTheme());
    expect(written().map(([, text]) => text)).toEqual(['sale']);
  });
});
