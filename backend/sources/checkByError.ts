import { HeadroomError } from '../errors/index.ts';

/** Turns a coded error of `probe` into the answer of HistorySource.check; an abort and anything unforeseen go on. */
export async function checkByError(
  signal: AbortSignal,
  probe: () => Promise<void>
): Promise<{ readonly isHealthy: boolean; readonly problem?: string }> {
  signal.throwIfAborted();
  try {
    await probe();
    return { isHealthy: true };
  } catch (error) {
    signal.throwIfAborted();
    if (error instanceof HeadroomError) {
      return { isHealthy: false, problem: `${error.message}. ${error.action}.` };
    }
    throw error;
  }
}
