import fc from 'fast-check';
import { comingSteps } from './comingSteps';

const steps = fc
  .uniqueArray(fc.integer({ min: 0, max: 100 }), { minLength: 1, maxLength: 20 })
  .map((times) => times.sort((a, b) => a - b).map((at) => ({ at, count: at })));

it('comingSteps begin with the step that holds now, or the first to come', () => {
  fc.assert(
    fc.property(steps, fc.integer({ min: -10, max: 110 }), (replicas, now) => {
      const coming = comingSteps({ name: 'p', replicas }, now);
      const holding = replicas.filter(({ at }) => at <= now).at(-1) ?? replicas[0];
      expect(coming[0]).toEqual(holding);
      expect(coming.slice(1).every(({ at }) => at > now)).toBe(true);
      expect(coming).toHaveLength(replicas.filter(({ at }) => at > now).length + (coming[0]!.at <= now ? 1 : 0));
    })
  );
});
