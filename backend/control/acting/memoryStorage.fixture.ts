import { HeadroomError, type ErrorCode } from '../../errors/index.ts';
import type { Decision, NewDecision } from '../../../contract/index.ts';
import type { Lease, Storage } from '../../storage/index.ts';

/** What acting asks of a storage. */
type Asked = Pick<
  Storage,
  | 'setting'
  | 'settings'
  | 'setSetting'
  | 'deleteSetting'
  | 'appendDecision'
  | 'decision'
  | 'decisions'
  | 'acquireLease'
  | 'renewLease'
  | 'releaseLease'
>;

/** A storage without a disk, for thousands of runs; as strict as the real ones in what acting stands on. */
export interface MemoryStorage {
  readonly storage: Storage;
  readonly kept: Map<string, string>;
  readonly made: Map<string, Decision>;
  /** Every write fails with it: full, read-only. */
  writeFault: ErrorCode | undefined;
  /** So many calls from now on find it locked. */
  lockedCalls: number;
  /** Calls that were refused so far. */
  refusals: number;
}

export function memoryStorage(): MemoryStorage {
  const kept = new Map<string, string>();
  const made = new Map<string, Decision>();
  let lease: { holder: string; token: number; expiresSeconds: number } | undefined;
  let tokens = 0;
  const enter = async (isWrite: boolean): Promise<void> => {
    await Promise.resolve();
    if (memory.lockedCalls > 0) {
      memory.lockedCalls--;
      memory.refusals++;
      throw new HeadroomError('STORAGE_BUSY', { file: 'memory', reason: 'locked' });
    }
    if (isWrite && memory.writeFault !== undefined) {
      memory.refusals++;
      throw new HeadroomError(memory.writeFault, { file: 'memory', reason: 'no space' });
    }
  };
  const parse = (text: string | undefined): unknown => (text === undefined ? undefined : JSON.parse(text));
  const granted = (holder: string, expiresSeconds: number, token: number): Lease => {
    lease = { holder, token, expiresSeconds };
    return { held: true, token, expiresSeconds };
  };
  const refused = (): Lease => ({
    held: false,
    holder: lease?.holder ?? null,
    expiresSeconds: lease?.expiresSeconds ?? null,
  });
  const asked: Asked = {
    async setting(key) {
      await enter(false);
      return parse(kept.get(key));
    },
    async settings(prefix) {
      await enter(false);
      return new Map([...kept].filter(([key]) => key.startsWith(prefix)).map(([key, text]) => [key, parse(text)]));
    },
    async setSetting(key, value) {
      await enter(true);
      kept.set(key, JSON.stringify(value));
    },
    async deleteSetting(key) {
      await enter(true);
      kept.delete(key);
    },
    async appendDecision(decision: NewDecision) {
      await enter(true);
      const former = made.get(decision.id);
      if (former !== undefined) {
        return former;
      }
      const copy = parse(JSON.stringify(decision)) as NewDecision;
      const stored: Decision = { ...copy, seq: made.size + 1, previousHash: '', hash: '' };
      made.set(decision.id, stored);
      return stored;
    },
    async decision(id) {
      await enter(false);
      return made.get(id);
    },
    async decisions({ fromSeconds = Number.NEGATIVE_INFINITY, limit = 1000 }) {
      await enter(false);
      return [...made.values()]
        .reverse()
        .filter(({ at }) => at >= fromSeconds)
        .slice(0, limit);
    },
    async acquireLease({ holder, nowSeconds, ttlSeconds }) {
      await enter(true);
      const isFree = lease === undefined || lease.expiresSeconds <= nowSeconds || lease.holder === holder;
      return isFree ? granted(holder, nowSeconds + ttlSeconds, ++tokens) : refused();
    },
    async renewLease({ holder, token, nowSeconds, ttlSeconds }) {
      await enter(true);
      const isOwn = lease?.holder === holder && lease.token === token && lease.expiresSeconds > nowSeconds;
      return isOwn ? granted(holder, nowSeconds + ttlSeconds, token) : refused();
    },
    async releaseLease({ holder, token }) {
      await enter(true);
      if (lease?.holder === holder && lease.token === token) {
        lease = undefined;
      }
    },
  };
  const memory: MemoryStorage = {
    storage: asked as Storage,
    kept,
    made,
    writeFault: undefined,
    lockedCalls: 0,
    refusals: 0,
  };
  return memory;
}
