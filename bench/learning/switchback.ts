// `node bench/learning/switchback.ts [TESTS]`: simulated tests with planted effects: coverage, false positives, power.
import { randomNormal, seededRandom, type RandomSource } from '../../backend/random/index.ts';
import {
  designSwitchback,
  judgeSwitchback,
  planSwitchback,
  windowOutcomes,
  type SwitchbackJudgement,
} from '../../backend/learning/switchback/index.ts';

const TESTS = Number(process.argv[2] ?? 1000);
const DAY = 86_400;
const STEP = 300;
const SHAPE = { windowSeconds: 7200, burnInSeconds: 1800, periodSeconds: DAY };
const WINDOWS_A_DAY = DAY / SHAPE.windowSeconds;
const BLOCKS = 7;
const PAST_DAYS = 14;
const MEAN = 20;
/** A quarter of an hour: what is left of the arm before after the burn-in is an eighth at first. */
const CARRY_SECONDS = 900;

interface World {
  /** What would be measured without an effect, `[step]`. */
  readonly outcome: Float64Array;
}

/** Two days' waves, a week's, growth, slow and fast noise of heavy tails: each step follows the one before. */
function world(random: RandomSource, days: number): World {
  const outcome = new Float64Array((days * DAY) / STEP);
  let [slow, fast] = [0, 0];
  for (let step = 0; step < outcome.length; step++) {
    const day = (step * STEP) / DAY;
    slow = 0.999 * slow + 0.05 * randomNormal(random);
    fast = 0.8 * fast + 0.5 * randomNormal(random) * (random() < 0.02 ? 6 : 1);
    const season =
      6 * Math.sin(2 * Math.PI * day) + 2 * Math.sin(4 * Math.PI * day + 1) - (Math.floor(day) % 7 > 4 ? 4 : 0);
    outcome[step] = MEAN + season + 0.05 * day + 2 * slow + fast;
  }
  return { outcome };
}

interface Simulated extends SwitchbackJudgement {
  readonly effect: number;
  readonly looked: number;
}

const gridOf = (values: Float64Array) => ({
  grid: { startSeconds: 0, stepSeconds: STEP, length: values.length },
  values,
});

/**
 * One test after a past by which it is planned: `share` of the planned effect is planted, comes and goes with a small
 * carry-over, and is looked at each day.
 */
function simulate(random: RandomSource, seed: number, share: number): Simulated {
  const { outcome } = world(random, PAST_DAYS + 2 * BLOCKS);
  const past = designSwitchback({ ...SHAPE, startSeconds: 0, blockCount: PAST_DAYS / 2, seed: 1 });
  const pastSteps = (PAST_DAYS * DAY) / STEP;
  const before = windowOutcomes(past, gridOf(outcome.subarray(0, pastSteps))).whole;
  const effect =
    share === 0 ? 0 : share * planSwitchback(before, WINDOWS_A_DAY, [BLOCKS], seed)!.points[0]!.minimumEffect;
  const design = designSwitchback({ ...SHAPE, startSeconds: 0, blockCount: BLOCKS, seed });
  const keep = Math.exp(-STEP / CARRY_SECONDS);
  let felt = design.arms[0] === 'b' ? 1 : 0;
  const values = outcome.subarray(pastSteps).map((value, step) => {
    felt = keep * felt + (1 - keep) * (design.arms[Math.floor((step * STEP) / SHAPE.windowSeconds)] === 'b' ? 1 : 0);
    return value + effect * felt;
  });
  const outcomes = windowOutcomes(design, gridOf(values));
  for (let day = 1; day <= 2 * BLOCKS; day++) {
    const judgement = judgeSwitchback(design, outcomes, day * DAY);
    if (judgement.isOver) {
      return { ...judgement, effect, looked: day };
    }
  }
  throw new Error('a test did not end');
}

const random = seededRandom(20_261_128);
const started = process.cpuUsage();

function row(name: string, planned: number): void {
  let [covered, found, wrong, suspected, days] = [0, 0, 0, 0, 0];
  for (let test = 0; test < TESTS; test++) {
    const { looks, lower, carryOver, looked, effect } = simulate(random, test, planned);
    const { low, high } = looks.at(-1)!.interval!;
    covered += low <= effect && effect <= high ? 1 : 0;
    found += lower === undefined ? 0 : 1;
    wrong += lower !== undefined && (effect === 0 || (lower === 'a') !== effect > 0) ? 1 : 0;
    suspected += carryOver?.isSuspected === true ? 1 : 0;
    days += looked / TESTS;
  }
  const share = (count: number): string => `${((100 * count) / TESTS).toFixed(1)} %`;
  process.stdout.write(
    `${name}: covered ${share(covered)}, found ${share(found)}, wrongly ${share(wrong)}, after ${days.toFixed(1)} of ${String(2 * BLOCKS)} days, carry-over suspected ${share(suspected)}\n`
  );
}

const half = 1.96 * Math.sqrt((0.05 * 0.95) / TESTS);
process.stdout.write(
  `${String(TESTS)} tests a row, ${String(2 * BLOCKS)} days, windows of 2 h; binomial interval of 95 %: ${(95 - 100 * half).toFixed(1)} to ${(95 + 100 * half).toFixed(1)} %\n`
);
row('no effect', 0);
row('half the planned effect', 0.5);
row('the planned effect', 1);
row('minus the planned effect', -1);
row('twice the planned effect', 2);
const { user, system } = process.cpuUsage(started);
process.stdout.write(`${((user + system) / 1e3 / (5 * TESTS)).toFixed(1)} CPU ms a test\n`);
