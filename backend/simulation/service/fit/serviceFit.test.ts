import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { randomNormal, seededRandom } from '../../../random/index.ts';
import type { Series } from '../../../timeseries/index.ts';
import { responseTail } from '../responseTail.ts';
import { LINEAR, workStretch, type Scalability } from '../scalability.ts';
import { refitScalability, refitWords } from './refitScalability.ts';
import { fitService } from './fitService.ts';
import { fitWords } from './fitWords.ts';
import type { FittedService } from './serviceFit.ts';
import type { ServiceHistory, ServicePromise } from './serviceHistory.ts';

const PROMISE: ServicePromise = { latencySeconds: 0.5, objective: 0.99, unitSeconds: 1 };
const STEPS = 7 * 288;

const seriesOf = (values: Float64Array): Series => ({
  grid: { startSeconds: 0, stepSeconds: 300, length: values.length },
  values,
});

interface World {
  readonly workers: number;
  readonly serviceSeconds: number;
  readonly arrivals: number;
  /** Peak load as a share of saturation. */
  readonly peak: number;
  readonly noise: number;
  readonly seed: number;
}

/** A week of a service whose replicas follow demand with steps held for an hour, measured with noise, gaps and outliers. */
function weekOf({ workers, serviceSeconds, arrivals, peak, noise, seed }: World): {
  readonly history: ServiceHistory;
  readonly perReplica: number;
} {
  const random = seededRandom(seed);
  const saturation = workers / serviceSeconds;
  const tailAt = (utilization: number) =>
    responseTail(workers, utilization * workers, serviceSeconds, { arrivals, service: 1 });
  const solve = (isBelow: (value: number) => boolean, high: number) => {
    let [low, top] = [0, high];
    for (let round = 0; round < 50; round++) {
      const middle = (low + top) / 2;
      [low, top] = isBelow(middle) ? [middle, top] : [low, middle];
    }
    return low;
  };
  const [demand, replicas, latency, errors, cpu] = Array.from({ length: 5 }, () => new Float64Array(STEPS)) as [
    Float64Array,
    Float64Array,
    Float64Array,
    Float64Array,
    Float64Array,
  ];
  for (let step = 0; step < STEPS; step++) {
    const wave = 0.6 + 0.4 * Math.sin((2 * Math.PI * step) / 288);
    replicas[step] = 4 + Math.round(4 * Math.sin((2 * Math.PI * Math.floor(step / 12)) / 24) ** 2);
    const load = Math.min(0.985, peak * wave * (1 + 0.05 * randomNormal(random)));
    demand[step] = Math.max(0, load) * saturation * replicas[step]!;
    const quiet = Math.exp(noise * randomNormal(random));
    latency[step] = random() < 0.02 ? 5 : solve((seconds) => tailAt(load)(seconds) > 0.01, 100) * quiet;
    errors[step] = Math.max(0, 0.001 + 0.2 * Math.max(0, load - 0.8) + 0.0005 * randomNormal(random));
    cpu[step] = (0.05 + 0.9 * load) * 2 * replicas[step]! * quiet;
    if (random() < 0.1) {
      latency[step] = Number.NaN;
    }
  }
  return {
    history: {
      demand: seriesOf(demand),
      replicas: seriesOf(replicas),
      latency: { series: seriesOf(latency), quantile: 0.99 },
      errors: seriesOf(errors),
      cpu: { series: seriesOf(cpu), perReplica: 2 },
    },
    perReplica: saturation * solve((utilization) => tailAt(utilization)(PROMISE.latencySeconds) <= 0.01, 0.999),
  };
}

function fitted(history: ServiceHistory, promise: ServicePromise | undefined = PROMISE): FittedService {
  const fit = fitService(history, promise, { canSlowDown: true });
  assert.ok(fit.kind === 'fitted', fitWords(fit));
  return fit;
}

test('capacity is found from latency, to within an eighth, for few and many workers, chance and bursts', () => {
  const worlds: ReadonlyArray<Omit<World, 'seed' | 'noise'>> = [
    { workers: 1, serviceSeconds: 0.02, arrivals: 1, peak: 0.9 },
    { workers: 4, serviceSeconds: 0.05, arrivals: 1, peak: 0.95 },
    { workers: 16, serviceSeconds: 0.08, arrivals: 1, peak: 0.98 },
    { workers: 4, serviceSeconds: 0.05, arrivals: 4, peak: 0.9 },
  ];
  for (const world of worlds) {
    const { history, perReplica } = weekOf({ ...world, noise: 0.1, seed: 3 });
    const fit = fitted(history);
    assert.equal(fit.basis, 'latency');
    assert.ok(Math.abs(Math.log(fit.perReplica / perReplica)) < 0.12, `${String(perReplica)}: ${fitWords(fit)}`);
    assert.ok(fit.fitError < 0.2 && fit.pointCount > 1000 && fit.range[0] <= fit.perReplica, fitWords(fit));
    assert.ok(Math.abs(Math.log(fit.workers!.serviceSeconds / world.serviceSeconds)) < 0.35);
  }
});

test('a service that never came near saturation is not guessed at', () => {
  const { history } = weekOf({ workers: 8, serviceSeconds: 0.05, arrivals: 1, peak: 0.25, noise: 0.1, seed: 4 });
  const fit = fitService(history, PROMISE, { canSlowDown: true });
  assert.equal(fit.kind, 'unknown');
  assert.match(fitWords(fit), /never came near saturation.*failures stayed below.*cpu was never used by more than/);
});

test('without latency the failures tell, without failures the use of cpu, without any of it nothing does', () => {
  const { latency, errors, cpu, ...bare } = weekOf({
    workers: 4,
    serviceSeconds: 0.05,
    arrivals: 1,
    peak: 0.97,
    noise: 0.05,
    seed: 5,
  }).history;
  assert.ok(latency !== undefined);
  const byErrors = fitted({ ...bare, errors: errors! });
  assert.equal(byErrors.basis, 'errors');
  assert.ok(Math.abs(byErrors.perReplica / (80 * 0.845) - 1) < 0.05, fitWords(byErrors));
  const byUse = fitted({ ...bare, cpu: cpu! }, undefined);
  assert.equal(byUse.basis, 'utilization');
  assert.ok(Math.abs(byUse.perReplica / ((80 * 0.75) / 0.9) - 1) < 0.03, fitWords(byUse));
  assert.equal(fitService(bare, PROMISE, { canSlowDown: true }).kind, 'unknown');
});

test('service that takes longer than promised has no capacity', () => {
  const { history } = weekOf({ workers: 4, serviceSeconds: 0.5, arrivals: 1, peak: 0.95, noise: 0.05, seed: 6 });
  const { latency, demand, replicas } = history;
  const fit = fitService({ demand, replicas, latency: latency! }, PROMISE, { canSlowDown: true });
  assert.ok(fit.kind === 'unknown' && /service alone takes longer/.test(fit.reason), fitWords(fit));
});

test('replicas that slow each other down are seen in what a unit takes of the processors', () => {
  const random = seededRandom(8);
  const scalability = { contention: 0.03, coherence: 0.0005 };
  const replicas = Float64Array.from({ length: 2000 }, (_, step) => 2 + 2 * (Math.floor(step / 40) % 12));
  const demand = replicas.map((count) => count * (20 + 30 * random()));
  const cpu = replicas.map(
    (count, step) => demand[step]! * 0.01 * workStretch(count, scalability) * (1 + 0.03 * randomNormal(random))
  );
  const fit = fitted(
    { demand: seriesOf(demand), replicas: seriesOf(replicas), cpu: { series: seriesOf(cpu), perReplica: 1 } },
    undefined
  );
  assert.ok(Math.abs(fit.perReplica / 80 - 1) < 0.1, fitWords(fit));
  for (const count of [4, 12, 24]) {
    assert.ok(Math.abs(workStretch(count, fit.scalability!) / workStretch(count, scalability) - 1) < 0.1);
  }
  const free = weekOf({ workers: 4, serviceSeconds: 0.05, arrivals: 1, peak: 0.95, noise: 0.05, seed: 9 });
  assert.equal(fitted(free.history).scalability, undefined);
});

/** Two weeks whose replicas slow each other down so much, by the use of their processors. */
function slowed(scalability: Scalability, seed: number, counts = 12) {
  const random = seededRandom(seed);
  const replicas = Float64Array.from({ length: 2000 }, (_, step) => 2 + 2 * (Math.floor(step / 20) % counts));
  const demand = replicas.map((count) => count * (20 + 30 * random()));
  const cpu = replicas.map(
    (count, step) => demand[step]! * 0.01 * workStretch(count, scalability) * (1 + 0.03 * randomNormal(random))
  );
  return { demand: seriesOf(demand), replicas: seriesOf(replicas), cpu: { series: seriesOf(cpu), perReplica: 1 } };
}

test('how replicas slow each other down is adopted where it is nearer to what was held out, anchored at the usual count', () => {
  const truth = { contention: 0.03, coherence: 0.0005 };
  for (const declared of [LINEAR, { contention: 0.2, coherence: 0 }]) {
    const refit = refitScalability(slowed(truth, 3), declared);
    assert.ok(refit.kind === 'adopted', refitWords(refit));
    assert.ok(refit.gain > 0.2);
    const { usualReplicas: usual, perReplicaFactor, scalability } = refit;
    const worth = (count: number, of: Scalability) => count / workStretch(count, of);
    assert.ok(Math.abs((perReplicaFactor * worth(usual, scalability)) / worth(usual, declared) - 1) < 1e-12);
    for (const count of [2, 12, 24]) {
      const relative = worth(count, scalability) / worth(usual, scalability);
      assert.ok(Math.abs(relative / (worth(count, truth) / worth(usual, truth)) - 1) < 0.1, refitWords(refit));
    }
  }
});

test('what is declared stays where the past agrees, says too little, moved, or is beyond what a service does', () => {
  const truth = { contention: 0.03, coherence: 0.0005 };
  const kept = (history: ServiceHistory, declared: Scalability): string => {
    const refit = refitScalability(history, declared);
    assert.ok(refit.kind === 'kept', refitWords(refit));
    return refit.reason;
  };
  assert.match(kept(slowed(LINEAR, 4), LINEAR), /agrees/);
  assert.match(kept(slowed(truth, 5, 2), LINEAR), /too few counts/);
  const { demand: load, replicas: ready } = slowed(truth, 6);
  const bare = { demand: load, replicas: ready };
  assert.match(kept(bare, LINEAR), /too few counts/);
  assert.match(kept(slowed({ contention: 0.02, coherence: 0.05 }, 7), LINEAR), /beyond what a service does/);
  const [before, after] = [slowed(truth, 8), slowed(LINEAR, 9)];
  const cut = 1400;
  const values = before.cpu.series.values.map((value, step) => (step < cut ? value : after.cpu.series.values[step]!));
  const demand = before.demand.values.map((value, step) => (step < cut ? value : after.demand.values[step]!));
  const moved = {
    ...before,
    demand: { ...before.demand, values: demand },
    cpu: { series: { ...before.cpu.series, values }, perReplica: 1 },
  };
  assert.match(kept(moved, LINEAR), /comes no nearer/);
});

test('whatever was measured, the answer is finite and never an exception', () => {
  const value = fc.oneof(
    fc.double(),
    fc.constantFrom(Number.NaN, 0, -1, 1, 5, 1e300, Number.POSITIVE_INFINITY),
    fc.double({ min: 0, max: 50, noNaN: true })
  );
  const series = fc.array(value, { minLength: 0, maxLength: 400 }).map((values) => seriesOf(Float64Array.from(values)));
  const cell = fc.tuple(value, value, value, value, value);
  const together = fc
    .array(cell, { minLength: 150, maxLength: 400 })
    .map((rows) => [0, 1, 2, 3, 4].map((k) => seriesOf(Float64Array.from(rows, (row) => row[k]!))));
  const check = (all: readonly Series[]) => {
    const [demand, replicas, latency, errors, cpu] = all as [Series, Series, Series, Series, Series];
    const fit = fitService(
      { demand, replicas, latency: { series: latency, quantile: 0.95 }, errors, cpu: { series: cpu, perReplica: 2 } },
      PROMISE,
      { canSlowDown: true }
    );
    assert.ok(fitWords(fit).length > 0);
    if (fit.kind === 'fitted') {
      assert.ok([fit.perReplica, ...fit.range, fit.fitError, fit.relativeError].every(Number.isFinite), fitWords(fit));
      assert.ok(fit.perReplica > 0);
    }
  };
  fc.assert(fc.property(fc.tuple(series, series, series, series, series), check));
  fc.assert(fc.property(together, check));
});
