// `node bench/learning/trials.ts [TRIALS]`: how often a bad challenger is promoted, and how long a better one takes.
import {
  LARGEST_RATIO_LOG,
  LEASH,
  leashesOf,
  MOST_BLOCKS,
  newTrial,
  verdictOf,
  withBlock,
} from '../../backend/learning/models/index.ts';
import { randomInteger, randomNormal, seededRandom, type RandomSource } from '../../backend/random/index.ts';
import { selectMedian } from '../../backend/statistics/index.ts';
import { pairedDays, type PairedDay } from './pairedDays.ts';

const TRIALS = Number(process.argv[2] ?? 1000);
/** Days of a trial, and one more. */
const MOST_DAYS = MOST_BLOCKS + 1;
/** Days that are drawn together, so that what depends on the day before still does. */
const DRAWN_TOGETHER = 4;
const EVENED_DAYS = 20_000;
const [EVENING_TRIALS, EVENING_STEPS] = [100, 30];

/** Losses of a champion, and of a challenger before it is made better or worse. */
type World = (random: RandomSource) => () => PairedDay;

function synthetic(memory: number, deviation: number, tail: 'normal' | 'student' | 'terrible'): World {
  return (random) => {
    let [level, gap] = [0, 0];
    return () => {
      level = 0.7 * level + 0.3 * randomNormal(random);
      gap = memory * gap + Math.sqrt(1 - memory ** 2) * shock(random, tail);
      const champion = Math.exp(level);
      return { champion, challenger: Math.max(0, champion * (1 - deviation * gap)) };
    };
  };
}

/** Mean 0, variance 1: normal, Student's t with 3 degrees, or a little good 19 times of 20 and terrible once. */
function shock(random: RandomSource, tail: 'normal' | 'student' | 'terrible'): number {
  if (tail === 'terrible') {
    return random() < 0.05 ? -Math.sqrt(19) : 1 / Math.sqrt(19);
  }
  const normal = randomNormal(random);
  const square = (): number => randomNormal(random) ** 2;
  return tail === 'normal' ? normal : normal / Math.sqrt(square() + square() + square());
}

/** Days drawn in runs from those that were. */
function bootstrap(evened: readonly PairedDay[]): World {
  return (random) => {
    let [at, left] = [0, 0];
    return () => {
      if (left === 0) {
        [at, left] = [randomInteger(random, evened.length), DRAWN_TOGETHER];
      }
      left--;
      return evened[at++ % evened.length]!;
    };
  };
}

/** The factor at which what a day gains by a challenger on its leash is nothing on average. */
function evenBy(world: World, gain: (champion: number, challenger: number) => number): number {
  const next = world(seededRandom(99));
  const days = Array.from({ length: EVENED_DAYS }, next);
  const most = LEASH * selectMedian(Float64Array.from(days, ({ champion }) => champion));
  let [low, high] = [0.01, 100];
  for (let halving = 0; halving < 60; halving++) {
    const factor = Math.sqrt(low * high);
    const sum = days.reduce(
      (all, { champion, challenger }) => all + gain(champion, Math.min(factor * challenger, champion + most)),
      0
    );
    [low, high] = sum > 0 ? [factor, high] : [low, factor];
  }
  return low;
}

/** Equal by what a trial bets on: the bounded logarithm of the losses' ratio. */
const evenByDays = (world: World): number =>
  evenBy(world, (champion, challenger) =>
    Math.max(-LARGEST_RATIO_LOG, Math.min(LARGEST_RATIO_LOG, Math.log(champion / challenger)))
  );

/** What a trial's second bet is on, in its own running measure of what is usual, over many trials. */
function evenInUsualLosses(world: World): number {
  let [low, high] = [0.01, 100];
  for (let halving = 0; halving < EVENING_STEPS; halving++) {
    const factor = Math.sqrt(low * high);
    let gain = 0;
    for (let trial = 0; trial < EVENING_TRIALS; trial++) {
      const next = world(seededRandom(9000 + trial));
      let state = newTrial(0);
      for (let day = 0; day < MOST_BLOCKS; day++) {
        const { champion, challenger } = next();
        const most = leashesOf(state)['demand'];
        gain += most === undefined ? 0 : (champion - Math.min(factor * challenger, champion + most)) / most;
        state = withBlock(state, { demand: { count: 1, champion, challenger: champion } });
      }
    }
    [low, high] = gain > 0 ? [factor, high] : [low, factor];
  }
  return low;
}

/** Loses as much in all. */
const evenInAll = (world: World): number => evenBy(world, (champion, challenger) => champion - challenger);

const percent = (share: number): string => `${(100 * share).toFixed(1)} %`;

function row(name: string, world: World, factor: number): string {
  const days: number[] = [];
  for (let trial = 0; trial < TRIALS; trial++) {
    const next = world(seededRandom(trial));
    let state = newTrial(0);
    for (let day = 1; day <= MOST_DAYS && verdictOf(state) === 'undecided'; day++) {
      const { champion, challenger } = next();
      const most = leashesOf(state)['demand'] ?? Number.POSITIVE_INFINITY;
      const tied = Math.min(factor * challenger, champion + most);
      state = withBlock(state, { demand: { count: 1, champion, challenger: tied } });
      if (verdictOf(state) === 'better') {
        days.push(day);
      }
    }
  }
  days.sort((a, b) => a - b);
  const [median, late] = [0.5, 0.9].map((level) => days[Math.floor(level * days.length)]);
  const time = median === undefined ? '-' : `${String(median)}, ${String(late)}`;
  return `| ${name} | ${percent(days.length / TRIALS)} | ${time} |\n`;
}

const worlds: Array<readonly [string, World]> = [
  ['normal, 6 % a day', synthetic(0, 0.06, 'normal')],
  ['normal, 6 %, memory 0.5', synthetic(0.5, 0.06, 'normal')],
  ['Student t3, 6 %, memory 0.5', synthetic(0.5, 0.06, 'student')],
  ['Student t3, 12 %, memory 0.5', synthetic(0.5, 0.12, 'student')],
  ['terrible once in 20 days, 12 %', synthetic(0, 0.12, 'terrible')],
  ['terrible once in 20 days, 40 %', synthetic(0, 0.4, 'terrible')],
];
for (const { name, days } of await pairedDays()) {
  worlds.push([`${name}, ${String(days.length)} days`, bootstrap(days)]);
}
for (const [title, factor, even] of [
  ['equal', 1, evenByDays],
  ['2 % worse', 1.02, evenByDays],
  ['equal in usual losses', 1, evenInUsualLosses],
  ['equal in the plain sum of its losses', 1, evenInAll],
  ['5 % better', 0.95, evenByDays],
  ['10 % better', 0.9, evenByDays],
  ['20 % better', 0.8, evenByDays],
] as const) {
  process.stdout.write(`\n| a challenger that is ${title} | promoted | days: median, 9 of 10 |\n| --- | --- | --- |\n`);
  for (const [name, world] of worlds) {
    process.stdout.write(row(name, world, factor * even(world)));
  }
}
