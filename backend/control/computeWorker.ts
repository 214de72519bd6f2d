import { parentPort, workerData } from 'node:worker_threads';
import { toThreadError } from '../errors/index.ts';
import { WorkloadModels } from '../learning/index.ts';
import { ComputeHandler } from './computeHandler.ts';
import type { EndMessage } from './endWorker.ts';
import { lowerPriority } from './lowerPriority.ts';
import type { ComputeWorkerData, WorkerReply, WorkerRequest } from './workerMessages.ts';

const NICENESS = 5;

const { modelFolders } = workerData as ComputeWorkerData;
const handler = new ComputeHandler(() => performance.now() / 1000, new WorkloadModels(modelFolders));
const port = parentPort;
if (port === null) {
  throw new Error('computeWorker.ts runs in a worker thread only');
}
lowerPriority(NICENESS);

async function answer(request: WorkerRequest): Promise<WorkerReply> {
  try {
    switch (request.kind) {
      case 'outlook':
        return { id: request.id, value: await handler.outlook(request.job) };
      case 'fit':
        return { id: request.id, value: await handler.fit(request.job) };
      case 'importance':
        return { id: request.id, value: await handler.importance(request.job) };
      case 'shadow':
        return { id: request.id, value: await handler.shadow(request.job) };
      case 'preview':
        return { id: request.id, value: await handler.preview(request.job) };
      case 'near':
        return { id: request.id, value: await handler.near(request.job) };
      case 'planning':
        return { id: request.id, value: await handler.planning(request.job) };
      case 'models':
        return { id: request.id, value: await handler.models() };
      case 'forget':
        handler.forget(request.job);
        return { id: request.id };
    }
  } catch (error) {
    return { id: request.id, error: toThreadError(error) };
  }
}

// One job at a time: the pool sends the next one when it has the answer.
port.on('message', (request: WorkerRequest | EndMessage) => {
  if (request.kind === 'end') {
    port.close();
    return;
  }
  void answer(request).then((reply) => {
    port.postMessage(reply);
  });
});
