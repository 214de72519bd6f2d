/**
 * Accuracy on the 13 GIFT-Eval Web/CloudOps configurations that can be scored from `shared/data`, on the end of the given
 * files: MASE, CRPS and coverage beside seasonal-naive's, and their geometric means.
 *
 * `node bench/accuracy/gift.ts [--models a,b] [--artefacts DIR] [--only TEXT] [--series-limit N] [--workers N]
 * [--seed N] [--json FILE]`: every score is that of the `headroom backtest` whose command line is printed above it.
 * `--only` takes the configurations whose name has one of the texts (parted by commas), `--series-limit` spreads so many
 * columns over each file, `--json` writes all that was measured after each configuration.
 */
import { createReadStream, existsSync, writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join, relative } from 'node:path';
import { createInterface } from 'node:readline';
import { parseArgs } from 'node:util';
import { createGunzip } from 'node:zlib';
import { GIFT_CONFIGURATIONS, type GiftConfiguration } from './giftConfigurations.ts';
import { giftReport, type GiftResult } from './giftReport.ts';
import { runBacktest } from './runBacktest.ts';

const FOLDER = join(import.meta.dirname, '../../../shared/data/gift-cloudops');
const BASELINE = 'seasonal-naive';
const LEVELS = '0.025,0.1,0.2,0.3,0.4,0.5,0.6,0.7,0.8,0.9,0.975';

const { values: options } = parseArgs({
  options: {
    models: { type: 'string', default: 'auto' },
    artefacts: { type: 'string' },
    only: { type: 'string', default: '' },
    'series-limit': { type: 'string' },
    workers: { type: 'string', default: String(availableParallelism()) },
    seed: { type: 'string', default: '1' },
    json: { type: 'string' },
  },
});

if (!existsSync(FOLDER)) {
  process.stdout.write(`skipped: ${FOLDER} is not here\n`);
} else {
  const models = [BASELINE, ...options.models.split(',').filter((model) => model !== BASELINE)];
  const texts = options.only.split(',');
  const results: GiftResult[] = [];
  for (const configuration of GIFT_CONFIGURATIONS.filter(({ name }) => texts.some((text) => name.includes(text)))) {
    const result = await measure(configuration, models);
    results.push(result);
    process.stdout.write(giftReport([result]));
    if (options.json !== undefined) {
      writeFileSync(options.json, `${JSON.stringify({ models, results }, null, 1)}\n`);
    }
  }
  process.stdout.write(`\n${giftReport(results)}`);
}

async function measure(configuration: GiftConfiguration, models: readonly string[]): Promise<GiftResult> {
  const { file, horizon, windows, season } = configuration;
  const input = relative(process.cwd(), join(FOLDER, `${file}.csv.gz`));
  const limit = options['series-limit'];
  const args = [
    ...['--input', input, '--horizon', String(horizon), '--windows', String(windows), '--season', String(season)],
    ...['--models', models.join(','), '--levels', LEVELS, '--workers', options.workers, '--seed', options.seed],
    ...(options.artefacts === undefined ? [] : ['--artefacts', options.artefacts]),
    ...(limit === undefined ? [] : ['--columns', (await spreadColumns(input, Number(limit))).join(',')]),
  ];
  process.stdout.write(`\nnpx headroom backtest ${args.join(' ')}\n`);
  const started = performance.now();
  const document = await runBacktest(args);
  const seconds = (performance.now() - started) / 1000;
  return {
    configuration,
    seconds,
    models: document.models.map(({ model, mase, crps, coverage, secondsPerForecast, perSeries }) => ({
      model,
      mase,
      crps,
      coverage,
      secondsPerForecast,
      seriesCount: perSeries.length,
    })),
  };
}

/** At most `limit` columns, spread over the file by an odd stride, since neighbours come in pairs of one machine. */
async function spreadColumns(file: string, limit: number): Promise<string[]> {
  const lines = createInterface({ input: createReadStream(file).pipe(createGunzip()) });
  for await (const line of lines) {
    if (!line.startsWith('#')) {
      const columns = line.split(',').slice(1);
      const stride = Math.ceil(columns.length / limit);
      const odd = columns.length <= limit ? 1 : stride + (stride % 2 === 0 ? 1 : 0);
      return columns.filter((_, index) => index % odd === 0);
    }
  }
  return [];
}
