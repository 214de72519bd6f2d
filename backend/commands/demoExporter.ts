import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Command } from 'commander';
import { HeadroomError } from '../errors/index.ts';
import type { HistorySource } from '../forecasting/index.ts';
import { createSource } from '../sources/index.ts';
import { parseDurationSeconds } from '../timeseries/index.ts';
import type { CommandIo } from './commandIo.ts';
import { demoExposition, type DemoSample } from './demoExposition.ts';
import { demoSeriesNames } from './demoSeriesNames.ts';
import { startProgress } from './progress.ts';
import { writeFileWhole } from './writeFileWhole.ts';

const CONTENT_TYPE = 'application/openmetrics-text; version=1.0.0; charset=utf-8';

interface ExporterOptions {
  readonly listen: string;
  readonly history?: string;
  readonly step: string;
  readonly out?: string;
  readonly seed: string;
  readonly quiet?: boolean;
}

/**
 * `headroom demo-exporter`: the demo fleet as a Prometheus exporter, so that the whole way from a scrape to a forecast
 * can be seen with a real Prometheus; with `--history` the past of the same series, for a Prometheus to begin with.
 */
export function addDemoExporterCommand(program: Command, io: CommandIo): void {
  program
    .command('demo-exporter')
    .description('exposes the demo fleet to a Prometheus, or writes its past as OpenMetrics')
    .option('--listen <host:port>', 'where to be scraped', '127.0.0.1:9105')
    .option('--history <duration>', 'write this much of the past to --out, and end')
    .option('--step <duration>', 'between two samples of the past', '2m')
    .option('--out <file>', 'the file of the past')
    .option('--seed <number>', 'the seed of the fleet', '1')
    .option('--quiet', 'no progress')
    .action(async (options: ExporterOptions) => {
      const seed = Number(options.seed);
      if (!Number.isSafeInteger(seed) || seed < 0) {
        throw usage(`--seed must be a whole number from 0 on, not ${options.seed}`);
      }
      const source = createSource(
        { name: 'demo', type: 'demo', seed },
        { env: {}, nowSeconds: () => Date.now() / 1000, random: Math.random }
      );
      try {
        await (options.history === undefined ? serve(source, options.listen, io) : write(source, options, io));
      } finally {
        await source.close();
      }
    });
}

async function write(source: HistorySource, options: ExporterOptions, io: CommandIo): Promise<void> {
  const { out } = options;
  if (out === undefined) {
    throw usage('--history needs --out FILE');
  }
  const stepSeconds = positiveSeconds('--step', options.step);
  const length = Math.floor(positiveSeconds('--history', options.history ?? '') / stepSeconds);
  const end = Math.floor(Date.now() / 1000 / stepSeconds) * stepSeconds;
  const grid = { startSeconds: end - (length - 1) * stepSeconds, stepSeconds, length };
  const names = demoSeriesNames();
  const progress = startProgress(io, 'Writing the past', names.length, options.quiet === true);
  const samples: DemoSample[] = [];
  for (const [index, { query, service, metric }] of names.entries()) {
    const { series } = await source.history({ query }, grid, io.signal);
    for (const { series: part } of series) {
      part.values.forEach((value, step) => {
        samples.push({ metric, service, value, timeSeconds: grid.startSeconds + step * stepSeconds });
      });
    }
    progress.advance(index + 1, query);
  }
  await writeFileWhole(out, demoExposition(samples));
  progress.finish();
}

async function serve(source: HistorySource, listen: string, io: CommandIo): Promise<void> {
  const { host, port } = addressOf(listen);
  const server = createServer((request, response) => {
    if (request.method !== 'GET' || !/^\/metrics(\?|$)/.test(request.url ?? '')) {
      response.writeHead(404, { 'content-type': 'text/plain' }).end('The demo exporter answers GET /metrics\n');
      return;
    }
    scrape(source, io.signal).then(
      (text) => response.writeHead(200, { 'content-type': CONTENT_TYPE }).end(text),
      () => response.writeHead(503).end()
    );
  });
  await listening(server, host, port);
  const { port: bound } = server.address() as AddressInfo;
  io.stdout.write(`The demo exporter is ready at http://${host}:${String(bound)}/metrics\n`);
  if (!io.signal.aborted) {
    await new Promise<void>((resolve) => {
      io.signal.addEventListener('abort', () => {
        resolve();
      });
    });
  }
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
}

async function scrape(source: HistorySource, signal: AbortSignal): Promise<string> {
  const now = Date.now() / 1000;
  const samples = await Promise.all(
    demoSeriesNames().map(async ({ query, service, metric }): Promise<DemoSample> => {
      const observation = await source.latest({ query }, now, signal);
      return { metric, service, value: observation.kind === 'observed' ? observation.value : Number.NaN };
    })
  );
  return demoExposition(samples);
}

function listening(server: Server, host: string, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', (cause: NodeJS.ErrnoException) => {
      const reason = cause.code ?? cause.message;
      const code = cause.code === 'EADDRINUSE' ? 'PORT_TAKEN' : 'LISTEN_FAILED';
      reject(new HeadroomError(code, { host, port, reason }, { cause }));
    });
    server.listen(port, host, resolve);
  });
}

function addressOf(listen: string): { readonly host: string; readonly port: number } {
  const match = /^(?<host>\[[^\]]+\]|[^:[\]]+):(?<port>\d{1,5})$/.exec(listen);
  const port = Number(match?.groups?.['port']);
  if (match === null || port > 65_535) {
    throw usage(`--listen must be host:port, such as 127.0.0.1:9105, not ${listen}`);
  }
  return { host: (match.groups?.['host'] ?? '').replace(/^\[|\]$/g, ''), port };
}

function positiveSeconds(flag: string, text: string): number {
  const seconds = parseDurationSeconds(text);
  if (seconds === undefined || seconds <= 0) {
    throw usage(`${flag} must be a duration such as 21d, not ${text}`);
  }
  return seconds;
}

function usage(problem: string): HeadroomError {
  return new HeadroomError('USAGE', { problem, command: 'demo-exporter' });
}
