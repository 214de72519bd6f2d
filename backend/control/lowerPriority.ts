import { setPriority } from 'node:os';

/**
 * Lets others go before this thread where cores are scarce: the event loop before forecasts, forecasts before trainings.
 *
 * `niceness` from 0 to 19. On Linux a priority is a thread's own; elsewhere it would be the whole process's, so that
 * nothing is done there, nor where it is not allowed.
 */
export function lowerPriority(niceness: number): void {
  if (process.platform !== 'linux') {
    return;
  }
  try {
    setPriority(niceness);
  } catch {
    // Not allowed here: it goes on as it is.
  }
}
