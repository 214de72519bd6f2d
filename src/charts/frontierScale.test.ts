import fc from 'fast-check';
import { frontierScale, LEAST_RISK } from './frontierScale';

const BOX = { left: 60, top: 10, width: 400, height: 200 };
const point = fc.record({
  key: fc.string(),
  cost: fc.double({ min: 0.01, max: 1e6, noNaN: true }),
  risk: fc.double({ min: 0, max: 1, noNaN: true }),
});

it('every plan stands inside the plot: dearer to the right, riskier above', () => {
  fc.assert(
    fc.property(fc.array(point, { minLength: 1, maxLength: 20 }), (points) => {
      const { x, y, costTicks, riskTicks } = frontierScale(points, BOX);
      for (const { cost, risk } of points) {
        expect(x(cost)).toBeGreaterThanOrEqual(BOX.left - 1e-6);
        expect(x(cost)).toBeLessThanOrEqual(BOX.left + BOX.width + 1e-6);
        expect(y(risk)).toBeGreaterThanOrEqual(BOX.top - 1e-6);
        expect(y(risk)).toBeLessThanOrEqual(BOX.top + BOX.height + 1e-6);
      }
      const [a, b] = [points[0]!, points.at(-1)!];
      expect((x(a.cost) - x(b.cost)) * (a.cost - b.cost)).toBeGreaterThanOrEqual(0);
      expect((y(a.risk) - y(b.risk)) * (a.risk - b.risk)).toBeLessThanOrEqual(0);
      expect(costTicks.every(Number.isFinite)).toBe(true);
      expect(riskTicks.at(-1)).toBeCloseTo(LEAST_RISK, 9);
    })
  );
});
