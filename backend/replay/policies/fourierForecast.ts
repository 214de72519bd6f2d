import type { PointForecast } from './predictiveHpaPolicy.ts';

const DAY = 86_400;
const HISTORY_DAYS = 7;
const HARMONICS_A_DAY = 24;
const KEPT = 50;
const MARGIN = 0.15;

interface Wave {
  readonly turns: number;
  readonly cosine: number;
  readonly sine: number;
}

/**
 * The strongest waves of the last seven days, carried on, plus 15 %: what Crane's DSP predictor does.
 *
 * Refitted once a day on whole days, as far as there are some. Source: gocrane/crane, pkg/prediction/dsp.
 */
export function fourierForecast(demand: Float64Array, stepSeconds: number): PointForecast {
  const daySteps = Math.max(1, Math.round(DAY / stepSeconds));
  let waves: readonly Wave[] = [];
  let fittedAt = -1;
  let length = 0;
  return {
    ahead(known, steps) {
      if (known < daySteps) {
        return Number.NaN;
      }
      if (fittedAt < 0 || known - fittedAt >= daySteps) {
        const days = Math.min(HISTORY_DAYS, Math.floor(known / daySteps));
        length = days * daySteps;
        waves = strongestWaves(demand.subarray(known - length, known), days * Math.min(HARMONICS_A_DAY, daySteps >> 1));
        fittedAt = known;
      }
      const place = known - fittedAt + length + steps - 1;
      let value = 0;
      for (const { turns, cosine, sine } of waves) {
        const angle = (2 * Math.PI * ((turns * place) % length)) / length;
        value += cosine * Math.cos(angle) + sine * Math.sin(angle);
      }
      return Math.max(0, value) * (1 + MARGIN);
    },
  };
}

function strongestWaves(values: Float64Array, most: number): readonly Wave[] {
  const { length } = values;
  const filled = values.slice();
  let last = filled.find((value) => !Number.isNaN(value)) ?? 0;
  for (let i = 0; i < length; i++) {
    last = Number.isNaN(filled[i]!) ? last : filled[i]!;
    filled[i] = last;
  }
  const waves: Wave[] = [];
  for (let turns = 0; turns <= most; turns++) {
    const [turnCosine, turnSine] = [Math.cos((2 * Math.PI * turns) / length), Math.sin((2 * Math.PI * turns) / length)];
    let [x, y, cosine, sine] = [1, 0, 0, 0];
    for (let i = 0; i < length; i++) {
      cosine += filled[i]! * x;
      sine += filled[i]! * y;
      [x, y] = [x * turnCosine - y * turnSine, x * turnSine + y * turnCosine];
    }
    const share = (turns === 0 ? 1 : 2) / length;
    waves.push({ turns, cosine: cosine * share, sine: sine * share });
  }
  const [mean, ...rest] = waves;
  const size = ({ cosine, sine }: Wave): number => Math.hypot(cosine, sine);
  return [mean!, ...rest.sort((a, b) => size(b) - size(a)).slice(0, KEPT)];
}
