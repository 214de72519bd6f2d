import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { TraceCase } from './traceCases.ts';

const RSCRIPT = '/usr/bin/Rscript';
const SCRIPT = join(import.meta.dirname, 'peers/forecasts.R');
/** A week: more would let auto.arima take minutes for one forecast. */
const CONTEXT_DAYS = 7;

/** Forecasts of one of R's models, `[origin]`, each `[level][step]` at the levels of `headers`. */
export function peerForecasts(model: string, each: TraceCase, cache: string): Map<number, Float64Array> | undefined {
  if (!existsSync(RSCRIPT)) {
    return undefined;
  }
  mkdirSync(cache, { recursive: true });
  const values = join(cache, `${each.name}.values.csv`);
  const out = join(cache, `${each.name}.${model}.csv`);
  writeFileSync(
    values,
    [...each.series.values].map((value) => (Number.isNaN(value) ? 'NA' : String(value))).join('\n')
  );
  const { stepSeconds, startSeconds } = each.series.grid;
  const context = CONTEXT_DAYS * each.day * (stepSeconds >= 3600 ? 4 : 1);
  const numbers = [each.day, stepSeconds, startSeconds, each.day, context];
  const run = spawnSync(RSCRIPT, [SCRIPT, model, values, ...numbers.map(String), out, ...each.origins.map(String)], {
    stdio: ['ignore', 'ignore', 'pipe'],
    encoding: 'utf8',
  });
  if (run.status !== 0) {
    process.stderr.write(`${model} on ${each.name}: ${run.stderr.split('\n').at(-2) ?? 'failed'}\n`);
    return undefined;
  }
  return read(readFileSync(out, 'utf8'), each);
}

function read(text: string, { day, origins }: TraceCase): Map<number, Float64Array> {
  const [header = '', ...lines] = text.trimEnd().split('\n');
  const levelCount = header.split(',').length - 3;
  const forecasts = new Map(origins.map((origin) => [origin, new Float64Array(levelCount * day)]));
  for (const line of lines) {
    const [known = 0, step = 0, , ...quantiles] = line.split(',').map(Number);
    const forecast = forecasts.get(known);
    quantiles.forEach((quantile, row) => {
      if (forecast !== undefined) {
        forecast[row * day + step - 1] = quantile;
      }
    });
  }
  return forecasts;
}
