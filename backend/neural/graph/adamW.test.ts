import assert from 'node:assert/strict';
import { test } from 'node:test';
import { randomNormal, seededRandom } from '../../random/index.ts';
import * as g from './index.ts';

const ROWS = 8;
const STEPS = 40;
const OPTIONS = { beta1: 0.8, beta2: 0.95, epsilon: 1e-6, weightDecay: 0.3, clipNorm: 2 };
const AVERAGE = { averageKept: 0.9, averageEvery: 3 };

const normal = (seed: number, size: number): Float32Array => {
  const random = seededRandom(seed);
  return Float32Array.from({ length: size }, () => randomNormal(random));
};

/** Mean squared error of x w + b, w of shape [2, 1] and b of shape [1]. */
function build(graph: g.Graph): g.Tensor {
  const w = graph.parameter('w', [2, 1], (values) => {
    values.set([1, -2]);
  });
  const b = graph.parameter('b', [1], (values) => {
    values.set([0.5]);
  });
  const y = g.add(graph, g.matMul(graph, graph.input('x', [ROWS, 2]), w), b);
  const error = g.subtract(graph, y, graph.input('y', [ROWS, 1]));
  return g.scale(graph, g.reduceSum(graph, g.multiply(graph, error, error), [0, 1], false), 1 / ROWS);
}

/** The same by hand, in double precision. */
class Reference {
  readonly values = [1, -2, 0.5];
  readonly average = [1, -2, 0.5];
  readonly moments = [0, 0, 0];
  readonly squares = [0, 0, 0];
  norm = 0;

  step(count: number, x: Float32Array, y: Float32Array, rate: number): void {
    const gradient = [0, 0, 0];
    for (let row = 0; row < ROWS; row++) {
      const inputs = [x[2 * row]!, x[2 * row + 1]!, 1];
      const error = inputs.reduce((sum, each, i) => sum + each * this.values[i]!, -y[row]!);
      inputs.forEach((each, i) => {
        gradient[i]! += (2 * error * each) / ROWS;
      });
    }
    this.norm = Math.hypot(...gradient);
    const cut = Math.min(1, OPTIONS.clipNorm / this.norm);
    gradient.forEach((each, i) => {
      const { beta1, beta2, epsilon, weightDecay } = OPTIONS;
      this.moments[i] = beta1 * this.moments[i]! + (1 - beta1) * cut * each;
      this.squares[i] = beta2 * this.squares[i]! + (1 - beta2) * (cut * each) ** 2;
      const mean = this.moments[i] / (1 - beta1 ** count);
      const deviation = Math.sqrt(this.squares[i] / (1 - beta2 ** count)) + epsilon;
      const decay = i < 2 ? weightDecay * this.values[i]! : 0;
      this.values[i]! -= rate * (mean / deviation + decay);
    });
    if (count % AVERAGE.averageEvery === 0) {
      const updates = count / AVERAGE.averageEvery;
      const kept = Math.min(AVERAGE.averageKept, updates / (updates + 10));
      this.values.forEach((each, i) => {
        this.average[i] = kept * this.average[i]! + (1 - kept) * each;
      });
    }
  }
}

test('many steps are those of AdamW as published: cut gradients, decay of matrices only, averaged values', async () => {
  const session = await g.TrainingSession.create(build, { ...OPTIONS, ...AVERAGE });
  const reference = new Reference();
  let cut = 0;
  for (let count = 1; count <= STEPS; count++) {
    const x = normal(count, 2 * ROWS);
    const y = normal(1000 + count, ROWS);
    const rate = 0.05 / Math.sqrt(count);
    const { gradientNorm } = await session.step({ x, y }, rate);
    reference.step(count, x, y, rate);
    assert.ok(Math.abs(gradientNorm - reference.norm) < 1e-4);
    cut += reference.norm > OPTIONS.clipNorm ? 1 : 0;
  }
  assert.ok(cut > 0 && cut < STEPS, 'the case shows both: cut and whole gradients');
  const near = (got: ReadonlyMap<string, Float32Array>, expected: readonly number[]): void => {
    [...got.get('w')!, ...got.get('b')!].forEach((each, i) => {
      assert.ok(Math.abs(each - expected[i]!) < 1e-4, `${String(each)} is not ${String(expected[i])}`);
    });
  };
  near(session.parameters(), reference.values);
  near(session.averaged(), reference.average);
});

test('evaluate changes nothing, and takes the averaged values unless told otherwise', async () => {
  const session = await g.TrainingSession.create(build, OPTIONS);
  const feeds = { x: normal(1, 2 * ROWS), y: normal(2, ROWS) };
  for (let count = 0; count < 5; count++) {
    await session.step(feeds, 0.1);
  }
  const before = session.state();
  const averaged = await session.evaluate(feeds);
  const latest = await session.evaluate(feeds, false);
  assert.deepEqual(session.state(), before);
  assert.notEqual(averaged, latest);
  assert.equal((await session.step(feeds, 0.1)).loss, latest);
});
