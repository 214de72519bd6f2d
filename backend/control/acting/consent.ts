import { z } from 'zod';
import { modeSchema, type Mode } from '../../../contract/index.ts';
import type { WorkloadConfig } from '../../config/index.ts';
import { HeadroomError } from '../../errors/index.ts';
import type { Direction, Pause } from '../../scaling/index.ts';
import type { Storage } from '../../storage/index.ts';
import { Turns } from '../turns.ts';

const MODE_PREFIX = 'acting/mode/';
const PAUSE_PREFIX = 'acting/pause/';
/** The scope of a pause of the whole fleet: no workload's name has a `*`. */
const ALL = '*';

const storedModeSchema = z.object({ mode: modeSchema, who: z.string(), at: z.number() });
const storedPauseSchema = z.object({
  out: z.boolean(),
  in: z.boolean(),
  who: z.string(),
  at: z.number(),
  reason: z.string(),
});

export type StoredPause = z.infer<typeof storedPauseSchema>;

export interface PauseAsk {
  /** `all`, or a workload. */
  readonly scope: string;
  readonly direction: Direction | 'both';
  readonly who: string;
  readonly reason: string;
}

/** What people let Headroom do: the mode of each workload and what is paused; survives a restart. */
export class Consent {
  readonly #storage: Storage;
  readonly #nowSeconds: () => number;
  readonly #modes = new Map<string, z.infer<typeof storedModeSchema>>();
  readonly #pauses = new Map<string, StoredPause>();
  /** What is read must not undo what is written meanwhile. */
  readonly #turns = new Turns();

  constructor(storage: Storage, nowSeconds: () => number) {
    this.#storage = storage;
    this.#nowSeconds = nowSeconds;
  }

  /** Takes up what the storage kept. A pause that cannot be read pauses both directions: nobody knows what it said. */
  restore(): Promise<void> {
    return this.#turns.take(() => this.#restore());
  }

  async #restore(): Promise<void> {
    const modes = await this.#storage.settings(MODE_PREFIX);
    const pauses = await this.#storage.settings(PAUSE_PREFIX);
    this.#modes.clear();
    for (const [key, value] of modes) {
      const parsed = storedModeSchema.safeParse(value);
      if (parsed.success) {
        this.#modes.set(key.slice(MODE_PREFIX.length), parsed.data);
      }
    }
    this.#pauses.clear();
    for (const [key, value] of pauses) {
      const parsed = storedPauseSchema.safeParse(value);
      this.#pauses.set(
        key.slice(PAUSE_PREFIX.length),
        parsed.success
          ? parsed.data
          : { out: true, in: true, who: 'headroom', at: this.#nowSeconds(), reason: 'the stored pause cannot be read' }
      );
    }
  }

  modeOf({ name, scaling }: WorkloadConfig): Mode {
    return scaling.isModeLocked ? scaling.mode : (this.#modes.get(name)?.mode ?? scaling.mode);
  }

  /** Throws ACTING_MODE_LOCKED where the file locks it, ACTING_NO_TARGET where there is nothing to act on. */
  async setMode({ name, scaling }: WorkloadConfig, mode: Mode, who: string): Promise<void> {
    if (scaling.isModeLocked) {
      throw new HeadroomError('ACTING_MODE_LOCKED', { workload: name, mode: scaling.mode });
    }
    if (mode !== 'observe' && scaling.target === undefined && scaling.requests === undefined) {
      throw new HeadroomError('ACTING_NO_TARGET', { workload: name });
    }
    const stored = { mode, who, at: this.#nowSeconds() };
    await this.#turns.take(async () => {
      await this.#storage.setSetting(`${MODE_PREFIX}${name}`, stored);
      this.#modes.set(name, stored);
    });
  }

  /** The pause that holds for a workload: its own and that of all. */
  pauseOf(workload: string): Pause {
    const both = [this.#pauses.get(ALL), this.#pauses.get(workload)].filter((each) => each !== undefined);
    return {
      out: both.some((each) => each.out),
      in: both.some((each) => each.in),
      reason: both.map(({ who, reason }) => (reason === '' ? `by ${who}` : `by ${who}: ${reason}`)).join('; '),
    };
  }

  /** All pauses, by scope. */
  pauses(): ReadonlyMap<string, StoredPause> {
    return new Map([...this.#pauses].map(([scope, pause]) => [scope === ALL ? 'all' : scope, pause]));
  }

  /** Pauses a direction, beside what is paused already. */
  pause(ask: PauseAsk): Promise<void> {
    return this.#turns.take(() => this.#pause(ask));
  }

  /** Takes a pause of a direction back. */
  resume(ask: Omit<PauseAsk, 'reason'>): Promise<void> {
    return this.#turns.take(() => this.#resume(ask));
  }

  async #pause({ scope, direction, who, reason }: PauseAsk): Promise<void> {
    const key = keyOf(scope);
    const former = this.#pauses.get(key);
    const stored: StoredPause = {
      out: direction !== 'in' || former?.out === true,
      in: direction !== 'out' || former?.in === true,
      who,
      at: this.#nowSeconds(),
      reason,
    };
    await this.#storage.setSetting(`${PAUSE_PREFIX}${key}`, stored);
    this.#pauses.set(key, stored);
  }

  async #resume({ scope, direction, who }: Omit<PauseAsk, 'reason'>): Promise<void> {
    const key = keyOf(scope);
    const former = this.#pauses.get(key);
    if (former === undefined) {
      return;
    }
    const rest: StoredPause = {
      ...former,
      out: direction === 'in' && former.out,
      in: direction === 'out' && former.in,
      who,
      at: this.#nowSeconds(),
    };
    if (rest.out || rest.in) {
      await this.#storage.setSetting(`${PAUSE_PREFIX}${key}`, rest);
      this.#pauses.set(key, rest);
    } else {
      await this.#storage.deleteSetting(`${PAUSE_PREFIX}${key}`);
      this.#pauses.delete(key);
    }
  }
}

function keyOf(scope: string): string {
  return scope === 'all' ? ALL : scope;
}
