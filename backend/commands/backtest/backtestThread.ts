import { Worker } from 'node:worker_threads';
import { endWorker } from '../../control/index.ts';
import { HeadroomError } from '../../errors/index.ts';
import type { BacktestForecast, SeriesOutcome } from '../../evaluation/index.ts';
import type { History } from '../../forecasting/index.ts';
import type { Series } from '../../timeseries/index.ts';
import type { BacktestJob, BacktestReply, BacktestThreadData } from './backtestMessages.ts';

/** A worker thread that runs one job of a backtest after the other, with forecasters of its own. */
export class BacktestThread {
  readonly #worker: Worker;
  #onReply: (reply: BacktestReply) => void = () => undefined;

  constructor(data: BacktestThreadData) {
    this.#worker = new Worker(new URL('./backtestWorker.ts', import.meta.url), { workerData: data });
    this.#worker.on('message', (reply: BacktestReply) => {
      this.#onReply(reply);
    });
    const lose = (reason: string): void => {
      this.#onReply({ kind: 'failed', message: `a worker thread was lost: ${reason}` });
    };
    this.#worker.on('error', (error: unknown) => {
      lose(error instanceof Error ? (error.stack ?? error.message) : String(error));
    });
    this.#worker.on('exit', (code) => {
      lose(`exit code ${String(code)}`);
    });
  }

  /** Runs a job; `onForecast` is told of each forecast, which is undefined where they are not sent. */
  run(job: BacktestJob, onForecast: (forecast: BacktestForecast | undefined) => void): Promise<SeriesOutcome> {
    return new Promise((resolve, reject) => {
      this.#onReply = (reply) => {
        switch (reply.kind) {
          case 'forecast':
            onForecast(reply.forecast);
            break;
          case 'outcome':
            resolve(reply.outcome);
            break;
          case 'coded':
            reject(new HeadroomError(reply.code, reply.details));
            break;
          case 'failed':
            reject(new Error(reply.message));
            break;
        }
      };
      this.#worker.postMessage({ ...job, history: compactHistory(job.history) });
    });
  }

  async close(): Promise<void> {
    this.#onReply = () => undefined;
    await endWorker(this.#worker);
  }
}

/** The history in arrays of its own: a message carries the whole buffer of each array in it. */
function compactHistory(history: History): History {
  const compact = ({ grid, values }: Series): Series => ({ grid, values: values.slice() });
  const lanes = (series: ReadonlyMap<string, Series>): ReadonlyMap<string, Series> =>
    new Map(Array.from(series, ([name, each]) => [name, compact(each)]));
  const { target, pastCovariates, knownCovariates } = history;
  return {
    ...history,
    target: compact(target),
    ...(pastCovariates === undefined ? {} : { pastCovariates: lanes(pastCovariates) }),
    ...(knownCovariates === undefined ? {} : { knownCovariates: lanes(knownCovariates) }),
  };
}
