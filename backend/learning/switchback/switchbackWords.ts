import { ERROR_RATE, type SwitchbackJudgement } from './judgeSwitchback.ts';
import type { Arm } from './switchbackDesign.ts';

export interface WordsInput {
  readonly judgement: SwitchbackJudgement;
  /** What the two configurations are, such as `risk 0.01`. */
  readonly arms: Readonly<Record<Arm, string>>;
  /** What is compared, lower being better, such as `cost an hour`, and its unit; `%` for a share. */
  readonly outcome: string;
  readonly unit: string;
  /** Why it ended before a verdict; absent where it did not. */
  readonly stopped?: string;
}

/** The verdict in words, a sentence for each thing that whoever decides should know. */
export function switchbackWords({ judgement, arms, outcome, unit, stopped }: WordsInput): string[] {
  const { looks, lower, isOver, means, carryOver, missingShare } = judgement;
  const interval = looks.at(-1)?.interval;
  const certainty = `${String(Math.round(100 * (1 - ERROR_RATE)))} %`;
  const quantity = (value: number): string => quantityText(value, unit);
  const words: string[] = [];
  if (stopped !== undefined) {
    words.push(stopped);
  }
  if (interval === undefined || !Number.isFinite(interval.low)) {
    words.push(
      isOver || stopped !== undefined
        ? `Too few pairs of windows were measured to say anything of ${arms.b} (b) against ${arms.a} (a).`
        : 'Nothing can be said yet: the first look comes when a block is over and enough pairs are measured.'
    );
  } else {
    const { effect, low, high, pairs } = interval;
    const between = `between ${quantity(low)} and ${quantity(high)} (${certainty}, ${String(pairs)} pairs of windows)`;
    const relative = means !== undefined && means.a > 0 ? `, ${signedPercent(effect / means.a)} of a` : '';
    if (lower === undefined) {
      words.push(
        isOver || stopped !== undefined
          ? `No difference was found in ${outcome}: b less a is ${quantity(effect)}, ${between}. What lies in there cannot be told apart from nothing.`
          : `No difference is found so far in ${outcome}: b less a is ${quantity(effect)}, ${between}.`
      );
    } else {
      const [better, worse] = lower === 'b' ? ['b', 'a'] : ['a', 'b'];
      words.push(
        `${arms[lower]} (${better}) has a lower ${outcome} than ${arms[worse as Arm]} (${worse}): b less a is ${quantity(effect)}${relative}, ${between}.`
      );
    }
  }
  if (carryOver?.isSuspected === true) {
    words.push(
      `Take it with care: windows begin differently after a switch than after none (p = ${carryOver.pValue.toPrecision(2)}), so the configuration before still shows. A longer burn-in is needed.`
    );
  }
  if (missingShare > 0.1) {
    words.push(`${String(Math.round(100 * missingShare))} % of the pairs lack a measurement and are left out.`);
  }
  return words;
}

function quantityText(value: number, unit: string): string {
  if (unit === '%') {
    return signedPercent(value);
  }
  const text = String(Number(value.toPrecision(3)));
  return `${value > 0 ? '+' : ''}${text}${unit === '' ? '' : ` ${unit}`}`;
}

function signedPercent(share: number): string {
  return `${share > 0 ? '+' : ''}${String(Number((100 * share).toPrecision(3)))} %`;
}
