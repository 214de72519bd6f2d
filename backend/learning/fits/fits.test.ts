import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Forecast, Predictor } from '../../forecasting/index.ts';
import { randomNormal, seededRandom } from '../../random/index.ts';
import { normalQuantile } from '../../statistics/index.ts';
import { gridAfter, timeAt, type Series } from '../../timeseries/index.ts';
import { weighedPredictor } from './weighedPredictor.ts';
import { keptWeight, weighFits, type WeighedFits } from './weighFits.ts';

const HOUR = 3600;
const DAY = 24;
const LEVELS = [0.1, 0.5, 0.9];

/** Says that all will be normal around a middle; notes the cutoffs at which it was asked. */
function around(middle: number, deviation = 1, asked: number[] = []): Predictor {
  return {
    name: 'around',
    predict({ target }, { horizon, levels }): Forecast {
      asked.push(timeAt(target.grid, target.grid.length - 1));
      const values = levels.flatMap((level) => Array<number>(horizon).fill(middle + deviation * normalQuantile(level)));
      const mean = new Float64Array(horizon).fill(middle);
      return {
        grid: gridAfter(target.grid, horizon),
        levels,
        values: Float64Array.from(values),
        mean,
        model: 'around',
        warnings: [],
      };
    },
  };
}

const seriesOf = (days: number, value: (index: number) => number): Series => ({
  grid: { startSeconds: 0, stepSeconds: HOUR, length: days * DAY },
  values: Float64Array.from({ length: days * DAY }, (_, index) => value(index)),
});
const until = ({ grid, values }: Series, days: number) => ({
  target: { grid: { ...grid, length: days * DAY }, values: values.subarray(0, days * DAY) },
});

/** One fit a day from the second to the last: the first is `first`, then what `next` makes. */
async function lived(series: Series, first: Predictor, next: (day: number) => Predictor): Promise<WeighedFits[]> {
  const all: WeighedFits[] = [];
  for (let day = 2; day <= series.grid.length / DAY; day++) {
    all.push(await weighFits(all.at(-1), day === 2 ? first : next(day), until(series, day), DAY));
  }
  return all;
}

describe('fits that are weighed', () => {
  const random = seededRandom(5);
  const noise = seriesOf(20, () => 10 + randomNormal(random));

  it('are one at first, which serves alone', async () => {
    const first = around(10);
    const fits = await weighFits(undefined, first, { target: noise }, DAY);
    assert.equal(keptWeight(fits), 0);
    assert.equal(weighedPredictor(fits), first);
  });

  it('leave it to the old one where those made anew lose, and the forecast is nearly its own', async () => {
    const fits = (await lived(noise, around(10), () => around(12))).at(-1)!;
    assert.ok(keptWeight(fits) > 0.9, String(keptWeight(fits)));
    const said = await weighedPredictor(fits).predict({ target: noise }, { horizon: 1, levels: LEVELS });
    assert.ok(said.values[1]! < 10.2, String(said.values[1]));
  });

  it('give the old one up where those made anew win, within days, for one of them', async () => {
    const shifted = seriesOf(12, (index) => (index < 3 * DAY ? 10 : 20) + randomNormal(random));
    const made = new Map<number, Predictor>();
    const fits = await lived(shifted, around(10), (day) => {
      made.set(day, around(day < 4 ? 10 : 20));
      return made.get(day)!;
    });
    const last = fits.at(-1)!;
    assert.ok(
      [...made].some(([day, each]) => day >= 4 && each === last.kept),
      'the kept one is of after the shift'
    );
    assert.equal(last.fresh, made.get(12));
  });

  it('stand even where both do as well', async () => {
    const weights = (await lived(noise, around(9.9), () => around(10.1))).map(keptWeight).slice(1);
    assert.ok(
      weights.every((each) => each > 0.3 && each < 0.7),
      weights.join(' ')
    );
  });

  it('are compared on what neither has seen', async () => {
    const asked: number[] = [];
    const fits = await lived(until(noise, 4).target, around(10, 1, asked), (day) => around(10 + day / 100, 1, asked));
    const firstCompared = 3 * DAY * HOUR - HOUR;
    assert.equal(fits.length, 3);
    assert.ok(asked.length > 0 && asked.every((cutoff) => cutoff >= firstCompared), asked.join(' '));
  });

  it('stay as they were over a day that nobody measured', async () => {
    const gap = seriesOf(6, (index) => (index >= 4 * DAY && index < 5 * DAY ? Number.NaN : 10));
    const fits = await lived(gap, around(10.5), () => around(11));
    assert.equal(keptWeight(fits[3]!), keptWeight(fits[2]!));
  });

  it('need no measurement before their time: a series that just began starts even', async () => {
    const young = seriesOf(3, (index) => (index < 2.5 * DAY ? Number.NaN : 10));
    const fits = await weighFits(
      {
        kept: around(10),
        fresh: around(11),
        keptSeconds: 0,
        fittedSeconds: 2 * DAY * HOUR - HOUR,
        evidence: 0,
        usual: { sum: 0, days: 0 },
      },
      around(12),
      { target: young },
      DAY
    );
    assert.ok(Number.isFinite(fits.evidence));
  });

  it('settle an old fit once, when it has followed all that it follows', async () => {
    const settledAt: number[] = [];
    const one = around(10);
    const first: Predictor = {
      ...one,
      settled: ({ target }) => {
        settledAt.push(target.grid.length / DAY);
        return Promise.resolve(one);
      },
    };
    const fits = await lived(noise, first, () => around(12));
    assert.deepEqual([settledAt, fits.at(-1)!.kept], [[4], one]);
  });

  it('forecast the average of their quantiles, in order, and say how much the old one counts', async () => {
    const fits: WeighedFits = {
      kept: around(0),
      fresh: around(4, 3),
      keptSeconds: 0,
      fittedSeconds: 0,
      evidence: 0,
      usual: { sum: 1, days: 1 },
    };
    const said = await weighedPredictor(fits).predict({ target: noise }, { horizon: 2, levels: LEVELS });
    assert.deepEqual([said.values[2], said.mean[0]], [2, 2]);
    assert.ok(Math.abs(said.values[4]! - (2 + 2 * normalQuantile(0.9))) < 1e-12);
    assert.match(said.reason ?? '', /an earlier fit counts 50 %/);
  });
});
