import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { fromThreadError, HeadroomError } from '../../errors/index.ts';
import { sqliteFile, type SqliteLocation } from '../sqlite/openSqliteStorage.ts';
import type { Storage } from '../storage.ts';
import type { StorageAsk, StorageReply, StorageRequest, StorageThreadData } from './storageMessages.ts';

const ASKS: Readonly<Record<StorageAsk, true>> = {
  saveOutlook: true,
  latestOutlook: true,
  outlooks: true,
  wholeOutlooks: true,
  forgetOutlooks: true,
  saveRecommendation: true,
  recommendation: true,
  recommendations: true,
  appendDecision: true,
  decision: true,
  decisions: true,
  decisionRecords: true,
  addScores: true,
  scores: true,
  scoredUntil: true,
  setting: true,
  setSetting: true,
  deleteSetting: true,
  settings: true,
  acquireLease: true,
  renewLease: true,
  releaseLease: true,
  prune: true,
  forgetWorkload: true,
};

interface Pending {
  readonly resolve: (value: unknown) => void;
  readonly reject: (error: Error) => void;
}

/**
 * Opens the storage on SQLite in a thread of its own, where waiting for the disk holds up nobody else.
 *
 * As `openSqliteStorage` in all that it answers and throws. A thread that is lost rejects what it was asked with
 * STORAGE_FAILED; the next question opens the file again.
 */
export async function openThreadedStorage(location: SqliteLocation): Promise<Storage> {
  const thread = new StorageThread(location);
  const kind = await thread.open();
  const asks = Object.keys(ASKS).map((ask) => [
    ask,
    (...args: readonly unknown[]) => thread.ask(ask as StorageAsk, args),
  ]);
  return {
    ...(Object.fromEntries(asks) as Pick<Storage, StorageAsk>),
    kind,
    close: () => thread.close(),
  };
}

class StorageThread {
  readonly #location: SqliteLocation;
  readonly #pending = new Map<number, Pending>();
  #opened: Promise<{ readonly worker: Worker; readonly kind: string }> | undefined;
  #nextId = 1;
  #isClosed = false;

  constructor(location: SqliteLocation) {
    this.#location = location;
  }

  async open(): Promise<string> {
    return (await (this.#opened ??= this.#start())).kind;
  }

  async ask(ask: StorageAsk, args: readonly unknown[]): Promise<unknown> {
    if (this.#isClosed) {
      throw new HeadroomError('STORAGE_CLOSED', { file: sqliteFile(this.#location) });
    }
    const { worker } = await (this.#opened ??= this.#start());
    const id = this.#nextId++;
    return new Promise((resolve, reject) => {
      worker.postMessage({ kind: 'ask', id, ask, args } satisfies StorageRequest);
      worker.ref();
      this.#pending.set(id, { resolve, reject });
    });
  }

  /** What was asked before is answered first. */
  async close(): Promise<void> {
    if (this.#isClosed) {
      return;
    }
    this.#isClosed = true;
    const opened = await this.#opened?.catch(() => undefined);
    if (opened === undefined || opened.worker.threadId === -1) {
      return;
    }
    const gone = once(opened.worker, 'exit');
    opened.worker.ref();
    opened.worker.postMessage({ kind: 'close' } satisfies StorageRequest);
    await gone;
  }

  async #start(): Promise<{ readonly worker: Worker; readonly kind: string }> {
    const workerData: StorageThreadData = { location: this.#location };
    const worker = new Worker(new URL('./storageThread.ts', import.meta.url), { workerData });
    return new Promise((resolve, reject) => {
      const lose = (reason: string): void => {
        const lost = new HeadroomError('STORAGE_FAILED', { file: sqliteFile(this.#location), reason });
        this.#opened = undefined;
        reject(lost);
        const pending = [...this.#pending.values()];
        this.#pending.clear();
        pending.forEach((each) => {
          each.reject(lost);
        });
      };
      worker.on('error', (error: unknown) => {
        lose(`its thread was lost: ${error instanceof Error ? error.message : String(error)}`);
      });
      worker.on('exit', (code) => {
        lose(`its thread was lost with exit code ${String(code)}`);
      });
      worker.on('message', (reply: StorageReply) => {
        switch (reply.kind) {
          case 'opened':
            worker.unref();
            resolve({ worker, kind: reply.storageKind });
            return;
          case 'refused':
            reject(fromThreadError(reply.error));
            return;
          case 'answer':
            this.#settle(worker, reply.id)?.resolve(reply.value);
            return;
          case 'error':
            this.#settle(worker, reply.id)?.reject(fromThreadError(reply.error));
        }
      });
    });
  }

  /** Who asked; with the last answer the thread no longer keeps the process alive. */
  #settle(worker: Worker, id: number): Pending | undefined {
    const pending = this.#pending.get(id);
    this.#pending.delete(id);
    if (this.#pending.size === 0 && !this.#isClosed) {
      worker.unref();
    }
    return pending;
  }
}
