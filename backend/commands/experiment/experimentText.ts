import type { TraceSwitchback } from '../../learning/index.ts';
import { alignedTable } from '../alignedTable.ts';

/** What both renderings of a test say in words. */
export interface ExperimentWords {
  readonly power: readonly string[];
  readonly verdict: readonly string[];
  readonly alone: string;
}

/** A test on a trace for people: what was known before, its looks, its verdict, and what each arm does alone. */
export function experimentText(
  { design, judgement }: TraceSwitchback,
  words: ExperimentWords,
  warnings: readonly string[]
): string {
  const looks = judgement.looks.map(({ look, atSeconds, interval }) => [
    String(look),
    new Date(1000 * atSeconds).toISOString().replace('.000Z', 'Z'),
    String(interval?.pairs ?? 0),
    figure(interval?.effect),
    figure(interval?.low),
    figure(interval?.high),
  ]);
  const windows = `${String(design.arms.length)} windows of ${String(design.windowSeconds)} s, the first ${String(design.burnInSeconds)} s of each not counted`;
  return [
    `Before the test: ${windows}.\n${words.power.map((each) => `${each}\n`).join('')}`,
    alignedTable(['look', 'at', 'pairs', 'b less a', 'low', 'high'], looks),
    words.verdict.map((each) => `${each}\n`).join(''),
    `${words.alone}\n`,
    ...warnings.map((each) => `${each}\n`),
  ].join('\n');
}

function figure(value: number | undefined): string {
  return value === undefined || !Number.isFinite(value) ? '-' : String(Number(value.toPrecision(4)));
}
