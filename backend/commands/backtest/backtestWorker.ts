import { parentPort, workerData } from 'node:worker_threads';
import type { EndMessage } from '../../control/index.ts';
import { HeadroomError } from '../../errors/index.ts';
import { backtestSeries } from '../../evaluation/index.ts';
import { backtestForecasters } from './backtestForecasters.ts';
import type { BacktestJob, BacktestReply, BacktestThreadData } from './backtestMessages.ts';

const port = parentPort;
if (port === null) {
  throw new Error('backtestWorker.ts runs in a worker thread only');
}
const { forecasters, plan, sendsForecasts } = workerData as BacktestThreadData;
const models = backtestForecasters(forecasters);
// A failure is told in the answer to the first job.
models.catch(() => undefined);
const end = new AbortController();
const reply = (message: BacktestReply): void => {
  port.postMessage(message);
};

async function run({ modelIndex, series, history }: BacktestJob): Promise<void> {
  const model = (await models)[modelIndex]!;
  const outcome = await backtestSeries(model, series, history, {
    ...plan,
    monotonicSeconds: () => performance.now() / 1000,
    signal: end.signal,
    onForecast: (forecast) => {
      reply({ kind: 'forecast', forecast: sendsForecasts ? forecast : undefined });
    },
  });
  reply({ kind: 'outcome', outcome });
}

// One job at a time: the next one comes when this one's outcome has been sent.
port.on('message', (message: BacktestJob | EndMessage) => {
  if ('kind' in message) {
    end.abort();
    port.close();
    return;
  }
  run(message).catch((error: unknown) => {
    reply(
      error instanceof HeadroomError
        ? { kind: 'coded', code: error.code, details: error.details }
        : { kind: 'failed', message: error instanceof Error ? (error.stack ?? error.message) : String(error) }
    );
  });
});
