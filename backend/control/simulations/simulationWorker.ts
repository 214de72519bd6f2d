import { parentPort, workerData } from 'node:worker_threads';
import { whatIf, whatIfSession } from '../../allocation/index.ts';
import { toThreadError } from '../../errors/index.ts';
import { lowerPriority } from '../lowerPriority.ts';
import type { SimulationOrder, SimulationReply, SimulationWorkerData } from './simulationMessages.ts';

const PROGRESS_EVERY_MS = 200;
const JOB_NICENESS = 5;

const port = parentPort;
if (port === null) {
  throw new Error('simulationWorker.ts runs in a worker thread only');
}

if ((workerData as SimulationWorkerData).kind === 'job') {
  lowerPriority(JOB_NICENESS);
}

// A slider asks one question after the other about the same forecast: it finds the thread that knows it.
const session = whatIfSession();

function simulate({ input, stop }: SimulationOrder): SimulationReply {
  try {
    let toldMs = performance.now();
    const simulation = whatIf(input, session);
    for (let next = simulation.next(); ; next = simulation.next()) {
      if (next.done === true) {
        return { kind: 'result', report: next.value };
      }
      if (Atomics.load(stop, 0) === 1) {
        return { kind: 'stopped' };
      }
      if (performance.now() - toldMs >= PROGRESS_EVERY_MS) {
        toldMs = performance.now();
        port!.postMessage({ kind: 'progress', progress: next.value } satisfies SimulationReply);
      }
    }
  } catch (error) {
    return { kind: 'error', error: toThreadError(error) };
  }
}

// One at a time: the next order comes when this one is answered or stopped. To cancel a job, its thread is ended.
port.on('message', (order: SimulationOrder) => {
  port.postMessage(simulate(order));
});
