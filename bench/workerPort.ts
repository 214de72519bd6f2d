import type { Worker } from 'node:worker_threads';

/** The port that a server in a thread listens on. */
export async function workerPort(worker: Worker): Promise<number> {
  return await new Promise<number>((resolve, reject) => {
    worker.once('message', resolve);
    worker.once('error', reject);
  });
}
