import { modelScores, type BacktestForecast, type ModelScores, type SeriesOutcome } from '../../evaluation/index.ts';
import type { History } from '../../forecasting/index.ts';
import type { BacktestJob, BacktestThreadData } from './backtestMessages.ts';
import { BacktestThread } from './backtestThread.ts';

export interface ThreadedBacktest {
  readonly threadCount: number;
  /** What each thread is started with. */
  readonly data: BacktestThreadData;
  /** Of the forecasters, in their order. */
  readonly modelNames: readonly string[];
  readonly series: ReadonlyMap<string, History>;
  readonly signal: AbortSignal;
  /** Told at once of each forecast that was made, in any order. */
  readonly onMade: (model: string, series: string) => void;
  /** Given the forecasts in order, where they are sent. */
  readonly onForecast: (forecast: BacktestForecast) => void | Promise<void>;
}

/** A job, its forecasts as they come, and its end. */
interface Turn extends BacktestJob {
  readonly forecasts: BacktestForecast[];
  readonly done: PromiseWithResolvers<SeriesOutcome>;
}

/**
 * `backtest` in worker threads, each with forecasters of its own, one series of one forecaster at a time: the same
 * scores to the bit and the same forecasts in the same order for any number of threads.
 *
 * Throws the error of the first series that failed, in their order, and the signal's reason when it is aborted.
 */
export async function backtestInThreads(options: ThreadedBacktest): Promise<ModelScores[]> {
  const { data, modelNames, series, signal, onForecast } = options;
  signal.throwIfAborted();
  const turns = modelNames.flatMap((_, modelIndex) =>
    Array.from(series, ([name, history]) => turnOf({ modelIndex, series: name, history }))
  );
  const threadCount = Math.min(options.threadCount, turns.length);
  const threads = Array.from({ length: threadCount }, () => new BacktestThread(data));
  const aborted = settledQuietly<never>();
  const abort = (): void => {
    aborted.reject(signal.reason);
  };
  signal.addEventListener('abort', abort);
  try {
    const waiting = turns.values();
    threads.forEach((thread) => void work(thread, waiting, options));
    const outcomes: SeriesOutcome[][] = modelNames.map(() => []);
    for (const turn of turns) {
      outcomes[turn.modelIndex]!.push(await Promise.race([turn.done.promise, aborted.promise]));
      for (const forecast of turn.forecasts.splice(0)) {
        await onForecast(forecast);
      }
    }
    const { levels, windowCount } = data.plan;
    return modelNames.map((name, modelIndex) => modelScores(name, outcomes[modelIndex]!, levels, windowCount));
  } finally {
    signal.removeEventListener('abort', abort);
    await Promise.all(threads.map((thread) => thread.close()));
  }
}

/** Takes turns until there are no more or one fails; those before it are taken already. */
async function work(
  thread: BacktestThread,
  waiting: Iterator<Turn>,
  { modelNames, onMade }: ThreadedBacktest
): Promise<void> {
  for (let next = waiting.next(); next.done !== true; next = waiting.next()) {
    const { modelIndex, series, history, forecasts, done } = next.value;
    try {
      const outcome = await thread.run({ modelIndex, series, history }, (forecast) => {
        onMade(modelNames[modelIndex]!, series);
        if (forecast !== undefined) {
          forecasts.push(forecast);
        }
      });
      done.resolve(outcome);
    } catch (error) {
      done.reject(error);
      return;
    }
  }
}

function turnOf(job: BacktestJob): Turn {
  return { ...job, forecasts: [], done: settledQuietly() };
}

/** A promise to settle later; that nobody may be waiting for it when it is rejected is no fault. */
function settledQuietly<T>(): PromiseWithResolvers<T> {
  const resolvers = Promise.withResolvers<T>();
  resolvers.promise.catch(() => undefined);
  return resolvers;
}
