import { parentPort } from 'node:worker_threads';
import { whatIf, whatIfSession } from '../../allocation/index.ts';
import { toThreadError } from '../../errors/index.ts';
import type { SimulationOrder, SimulationReply } from './simulationMessages.ts';

const PROGRESS_EVERY_MS = 200;

const port = parentPort;
if (port === null) {
  throw new Error('simulationWorker.ts runs in a worker thread only');
}

// A slider asks one question after the other about the same forecast: it finds the thread that knows it.
const session = whatIfSession();

function simulate({ input }: SimulationOrder): SimulationReply {
  try {
    let toldMs = performance.now();
    const simulation = whatIf(input, session);
    for (let next = simulation.next(); ; next = simulation.next()) {
      if (next.done === true) {
        return { kind: 'result', report: next.value };
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

// One at a time: the next order comes when this one is answered. To cancel, the thread is ended.
port.on('message', (order: SimulationOrder) => {
  port.postMessage(simulate(order));
});
