import fc from 'fast-check';
import { extraAt, interventionsOfShape, shapeOfInterventions, type ShapePoint } from './drawnShape';
import { durationOf, secondsOf } from '../../../formatting/durations';
import { moveCorner, removeCorner, withStroke } from './editShape';
import { simplifyStroke } from './simplifyStroke';

const STEP = 300;

const pointsArbitrary = fc
  .uniqueArray(fc.integer({ min: 0, max: 287 }), { minLength: 2, maxLength: 12 })
  .chain((steps) =>
    fc.tuple(
      fc.constant(steps.sort((a, b) => a - b)),
      fc.array(fc.integer({ min: 0, max: 80 }), { minLength: steps.length, maxLength: steps.length })
    )
  )
  .map(([steps, extras]) =>
    steps.map((step, index): ShapePoint => ({ seconds: step * STEP, extra: (extras[index] ?? 0) / 20 }))
  );

/** The strength of one corner at a time, as the simulation reads a plateau. */
function cornerAt(seconds: number, start: number, duration: number, up: number, down: number): number {
  const since = seconds - start;
  if (since < 0 || since >= duration) {
    return 0;
  }
  return Math.min(1, up > 0 ? since / up : 1, down > 0 ? (duration - since) / down : 1);
}

it('the corners of a drawing add up to the line that was drawn', () => {
  fc.assert(
    fc.property(pointsArbitrary, fc.double({ min: 0.01, max: 0.99, noNaN: true }), (points, share) => {
      const first = points[0]!.seconds;
      const last = points.at(-1)!.seconds;
      const seconds = first + share * (last - first);
      const sum = interventionsOfShape({ target: 'demand', points }).reduce((total, each) => {
        const [start, duration, up, down] = [each.start as string, each.duration, each.rampUp, each.rampDown].map(
          secondsOf
        );
        return total + ((each.factor ?? 1) - 1) * cornerAt(seconds, start!, duration!, up!, down!);
      }, 0);
      expect(sum).toBeCloseTo(extraAt(points, seconds), 6);
    })
  );
});

it('a drawing is read back from its interventions', () => {
  fc.assert(
    fc.property(pointsArbitrary, (points) => {
      fc.pre(points.some(({ extra }) => extra > 0));
      const interventions = interventionsOfShape({ target: 'cpu', points });
      const shape = shapeOfInterventions(interventions);
      expect(shape).not.toBeNull();
      expect(interventionsOfShape(shape!)).toEqual(interventions);
    })
  );
});

it.each([
  ['nothing', []],
  [
    'a plateau with a flat top',
    [
      {
        kind: 'load',
        target: 'demand',
        factor: 2,
        start: '0s',
        duration: '1h',
        shape: 'plateau',
        rampUp: '5m',
        rampDown: '5m',
      },
    ],
  ],
  ['a spike', [{ kind: 'spike', target: 'demand', factor: 2, start: '0s', duration: '1h' }]],
] as const)('%s is no drawing', (_name, interventions) => {
  expect(shapeOfInterventions(interventions as never)).toBeNull();
});

it('durations are written as they are read', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 90 * 86_400 }), (seconds) =>
      expect(secondsOf(durationOf(seconds))).toBe(seconds)
    )
  );
  expect(secondsOf('1d2h')).toBe(93_600);
  expect(secondsOf(undefined)).toBe(0);
});

it('a stroke keeps both ends and strays no further than asked', () => {
  fc.assert(
    fc.property(pointsArbitrary, (points) => {
      const few = simplifyStroke(points, 0.1);
      expect(few[0]).toEqual(points[0]);
      expect(few.at(-1)).toEqual(points.at(-1));
      for (const { seconds, extra } of points) {
        expect(Math.abs(extraAt(few, seconds) - extra)).toBeLessThanOrEqual(0.1 + 1e-9);
      }
    })
  );
});

describe('editing a drawing', () => {
  const points = [
    { seconds: 0, extra: 0 },
    { seconds: 3600, extra: 1 },
    { seconds: 7200, extra: 0 },
  ];

  it('a corner stays between its neighbours and above nothing', () => {
    expect(moveCorner(points, 1, { seconds: 9000, extra: -1 }, STEP)[1]).toEqual({ seconds: 6900, extra: 0.05 });
  });

  it('the last corner that adds something is not taken away', () => {
    expect(removeCorner(points, 1)).toBe(points);
    expect(removeCorner(points, 0)).toHaveLength(2);
  });

  it('a click adds a corner, a stroke replaces what it passes over', () => {
    expect(withStroke(points, [{ seconds: 5400, extra: 2 }], STEP).map(({ seconds }) => seconds)).toEqual([
      0, 3600, 5400, 7200,
    ]);
    const stroke = [3000, 3300, 3600, 3900, 4200].map((seconds) => ({ seconds, extra: 2 }));
    expect(withStroke(points, stroke, STEP)).toEqual([
      { seconds: 0, extra: 0 },
      { seconds: 3000, extra: 2 },
      { seconds: 4200, extra: 2 },
      { seconds: 7200, extra: 0 },
    ]);
  });
});
