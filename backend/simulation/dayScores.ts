import type { LatentScores } from './latentScores.ts';
import type { TemplateDays } from './templateDays.ts';

/** As LatentScores, `[path]`. */
export interface DayScores {
  advance(): void;
  ofSeries(series: number): Float64Array;
}

/**
 * The scores of paths that each follow a past day, `days` `[path]`, blurred by `surprises`, `[pair]`: the second half
 * of the paths by their mirror images, the last of an odd count not at all.
 */
export function dayScores(
  surprises: LatentScores,
  template: TemplateDays,
  blur: number,
  days: Uint32Array,
  stepCount: number
): DayScores {
  const pairs = days.length >>> 1;
  const scores = new Float64Array(days.length);
  let step = -1;
  return {
    advance() {
      step++;
      surprises.advance();
    },
    ofSeries(series) {
      const start = (series * stepCount + step) * template.dayCount;
      const surprise = surprises.ofSeries(series).values;
      for (let i = 0; i < pairs; i++) {
        const noise = blur * surprise[i]!;
        scores[i] = template.scores[start + days[i]!]! + noise;
        scores[pairs + i] = template.scores[start + days[pairs + i]!]! - noise;
      }
      if (2 * pairs < days.length) {
        scores[2 * pairs] = template.scores[start + days[2 * pairs]!]!;
      }
      return scores;
    },
  };
}
