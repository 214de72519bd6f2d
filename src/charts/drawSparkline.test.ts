import { drawSparkline, sparklineScale, type Sparkline } from './drawSparkline';

const SIZE = { width: 100, height: 20 };
const COLORS = { actual: 'a', forecast: 'f', band: 'b', capacity: 'c', now: 'n' };
const sparkline: Sparkline = {
  times: [0, 1, 2, 3],
  actual: [1, null, null, null],
  lower: [null, null, 2, 2],
  median: [null, null, 3, 3],
  upper: [null, null, 4, 4],
  capacity: [8, 8, 10, 10],
};
const empty: Sparkline = { times: [0, 1], actual: [null, null], lower: [], median: [], upper: [], capacity: [] };

function recorder() {
  const strokes: Array<{ readonly color: string; readonly points: number }> = [];
  const fills: string[] = [];
  let points = 0;
  const ctx = {
    strokeStyle: '',
    fillStyle: '',
    lineWidth: 0,
    clearRect: () => undefined,
    closePath: () => undefined,
    beginPath: () => (points = 0),
    moveTo: () => (points += 1),
    lineTo: () => (points += 1),
    fill: () => fills.push(ctx.fillStyle),
    stroke: () => strokes.push({ color: ctx.strokeStyle, points }),
  };
  return { ctx: ctx as unknown as CanvasRenderingContext2D, strokes, fills };
}

describe('sparklineScale', () => {
  it('keeps everything inside, with zero at the bottom and the capacity at the top', () => {
    const scale = sparklineScale(sparkline, SIZE);
    expect([scale?.x(0), scale?.x(3)]).toEqual([2, 98]);
    expect([scale?.y(0), scale?.y(10)]).toEqual([18, 2]);
  });

  it('is nothing where there are no numbers', () => {
    expect(sparklineScale(empty, SIZE)).toBeNull();
  });

  it('draws flat zero as a line, not as a fault', () => {
    const flat = { ...empty, actual: [0, 0] };
    expect(sparklineScale(flat, SIZE)?.y(0)).toBe(18);
  });
});

describe('drawSparkline', () => {
  it('fills the band once, steps the capacity, and breaks lines at gaps', () => {
    const { ctx, strokes, fills } = recorder();
    drawSparkline(ctx, { ...sparkline, actual: [1, null, 2, 3] }, 1, SIZE, COLORS);
    expect(fills).toEqual(['b']);
    expect(strokes).toEqual([
      { color: 'n', points: 2 },
      { color: 'c', points: 7 },
      { color: 'f', points: 2 },
      { color: 'a', points: 1 },
      { color: 'a', points: 2 },
    ]);
  });

  it('draws nothing for nothing', () => {
    const { ctx, strokes, fills } = recorder();
    drawSparkline(ctx, empty, 1, SIZE, COLORS);
    expect([strokes, fills]).toEqual([[], []]);
  });
});
