import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';

const COMMAND = join(import.meta.dirname, '../../backend/headroom.mjs');

export interface BacktestScores {
  readonly mase: number | null;
  readonly crps: number | null;
  readonly coverage: Readonly<Record<string, number>>;
}

/** The part of `headroom backtest --json` that benches read. */
export interface BacktestDocument {
  readonly windows: number;
  readonly models: ReadonlyArray<
    BacktestScores & {
      readonly model: string;
      readonly secondsPerForecast: number;
      readonly perSeries: ReadonlyArray<BacktestScores & { readonly series: string }>;
    }
  >;
}

/** Runs `headroom backtest` with these arguments and `--json`; progress goes to standard error, and so does an error. */
export async function runBacktest(args: readonly string[]): Promise<BacktestDocument> {
  const child = spawn(process.execPath, [COMMAND, 'backtest', ...args, '--json'], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = once(child, 'close') as Promise<[number | null, NodeJS.Signals | null]>;
  const chunks: Buffer[] = [];
  for await (const chunk of child.stdout as AsyncIterable<Buffer>) {
    chunks.push(chunk);
  }
  const [code, signal] = await ended;
  if (code !== 0) {
    throw new Error(`headroom backtest ended with ${String(code ?? signal)}`);
  }
  return JSON.parse(Buffer.concat(chunks).toString()) as BacktestDocument;
}
