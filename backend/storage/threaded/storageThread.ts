import { parentPort, workerData, type MessagePort } from 'node:worker_threads';
import { toThreadError } from '../../errors/index.ts';
import { openSqliteStorage } from '../sqlite/openSqliteStorage.ts';
import type { Storage } from '../storage.ts';
import type { StorageAsk, StorageReply, StorageRequest, StorageThreadData } from './storageMessages.ts';

if (parentPort === null) {
  throw new Error('storageThread.ts runs in a worker thread only');
}
const port: MessagePort = parentPort;
const { location } = workerData as StorageThreadData;

function send(reply: StorageReply): void {
  port.postMessage(reply);
}

async function answer(storage: Storage, request: Extract<StorageRequest, { kind: 'ask' }>): Promise<void> {
  const { id, ask, args } = request;
  try {
    const asked = storage as unknown as Record<StorageAsk, (...args: readonly unknown[]) => Promise<unknown>>;
    send({ kind: 'answer', id, value: await asked[ask](...args) });
  } catch (error) {
    send({ kind: 'error', id, error: toThreadError(error) });
  }
}

try {
  const storage = await openSqliteStorage(location);
  const running = new Set<Promise<void>>();
  port.on('message', (request: StorageRequest) => {
    if (request.kind === 'ask') {
      const one = answer(storage, request).finally(() => running.delete(one));
      running.add(one);
    } else {
      void Promise.all(running)
        .then(() => storage.close())
        .finally(() => {
          port.close();
        });
    }
  });
  send({ kind: 'opened', storageKind: storage.kind });
} catch (error) {
  send({ kind: 'refused', error: toThreadError(error) });
}
