import type { RandomSource } from '../random/index.ts';
import type { Dependence } from './dependence.ts';
import { normalFiller } from './normalFiller.ts';
import { deviationSinceCutoff, recursionOf } from './recursion.ts';

/** The scores that order draws, one step after the other. */
export interface LatentScores {
  /** Moves on by one step. */
  advance(): void;
  /** The scores of one series at the present step, of about unit deviation; valid until the next advance. */
  ofSeries(series: number): Float64Array;
}

/**
 * Latent scores of `count` paths over `stepCount` steps whose surprises hang together as `times` and `factor` say.
 *
 * Surprises begin at nothing at the cutoff, since the present is known, and build up from there.
 */
export function latentScores(
  { times, factor }: Pick<Dependence, 'times' | 'factor'>,
  count: number,
  stepCount: number,
  random: RandomSource
): LatentScores {
  const seriesCount = times.length;
  const recursions = times.map(recursionOf);
  const deviations = recursions.map((recursion) => deviationSinceCutoff(recursion, stepCount));
  const rows = () => Array.from({ length: seriesCount }, () => new Float64Array(count));
  const [normals, carried, scores] = [rows(), rows(), rows()];
  const fillNormals = normalFiller(random);
  let step = -1;

  function advanceSeries(series: number): void {
    const { persistence, echo, deviation } = recursions[series]!;
    const share = (source: number) => factor[series * seriesCount + source]! * deviation;
    const score = scores[series]!;
    for (let source = 0; source < series; source += 2) {
      const isPair = source + 1 < series;
      addSources(score, normals[source]!, share(source), normals[source + 1]!, isPair ? share(source + 1) : 0, source);
    }
    recur(score, carried[series]!, normals[series]!, {
      share: share(series),
      persistence,
      echo,
      scale: 1 / deviations[series]![step]!,
      isFirst: series === 0,
    });
  }

  return {
    advance() {
      step++;
      normals.forEach(fillNormals);
      for (let series = 0; series < seriesCount; series++) {
        advanceSeries(series);
      }
    },
    ofSeries: (series) => scores[series]!,
  };
}

/** Writes, or from the second source on adds, what two sources share with a series. */
function addSources(
  score: Float64Array,
  first: Float64Array,
  firstShare: number,
  second: Float64Array,
  secondShare: number,
  source: number
): void {
  if (source === 0) {
    for (let i = 0; i < score.length; i++) {
      score[i] = firstShare * first[i]! + secondShare * second[i]!;
    }
  } else {
    for (let i = 0; i < score.length; i++) {
      score[i]! += firstShare * first[i]! + secondShare * second[i]!;
    }
  }
}

interface Recurrence {
  readonly share: number;
  readonly persistence: number;
  readonly echo: number;
  readonly scale: number;
  /** Nothing is in `score` yet. */
  readonly isFirst: boolean;
}

function recur(
  score: Float64Array,
  carry: Float64Array,
  own: Float64Array,
  { share, persistence, echo, scale, isFirst }: Recurrence
): void {
  if (isFirst) {
    score.fill(0);
  }
  for (let i = 0; i < score.length; i++) {
    const innovation = score[i]! + share * own[i]!;
    const value = carry[i]! + innovation;
    carry[i] = persistence * value + echo * innovation;
    score[i] = value * scale;
  }
}
