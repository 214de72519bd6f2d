/** Samples of the last step need this share of a step, at most 15 s, to arrive. */
const ARRIVAL_SHARE = 0.1;
const MAX_ARRIVAL_SECONDS = 15;
/** Workloads of one step start spread over this share of it, at most a minute. */
const SPREAD_SHARE = 0.2;
const MAX_SPREAD_SECONDS = 60;

export interface ScheduledWorkload {
  readonly name: string;
  readonly stepSeconds: number;
}

/** When a workload's next turn is due: soon after each step's end, always at the same offset for the same name. */
export function nextTurnSeconds(workload: ScheduledWorkload, nowSeconds: number): number {
  const { name, stepSeconds } = workload;
  let hash = 0;
  for (let index = 0; index < name.length; index++) {
    hash = (Math.imul(hash, 31) + name.charCodeAt(index)) >>> 0;
  }
  const arrival = Math.min(MAX_ARRIVAL_SECONDS, stepSeconds * ARRIVAL_SHARE);
  const spread = Math.min(MAX_SPREAD_SECONDS, stepSeconds * SPREAD_SHARE);
  const offset = arrival + (spread * (hash % 1000)) / 1000;
  return (Math.floor((nowSeconds - offset) / stepSeconds) + 1) * stepSeconds + offset;
}

export interface Scheduler {
  /** Takes up what is new and drops what is gone; what is new, or named in `fresh`, has its turn at once. */
  schedule(workloads: readonly ScheduledWorkload[], fresh?: readonly string[]): void;
  nextSeconds(): number | undefined;
  stop(): void;
}

/**
 * Turns each workload at its time; a turn that overruns its step delays only itself. `againSeconds` says after a turn
 * whether another look before the next step is worth it, and after how long.
 */
export function createScheduler(
  turn: (name: string) => Promise<void>,
  nowSeconds: () => number,
  againSeconds: (name: string) => number | undefined = () => undefined
): Scheduler {
  interface Entry {
    readonly workload: ScheduledWorkload;
    timer: NodeJS.Timeout | undefined;
    dueSeconds: number;
  }
  const entries = new Map<string, Entry>();
  let isStopped = false;

  const arm = (entry: Entry) => {
    const now = nowSeconds();
    const again = againSeconds(entry.workload.name) ?? Number.POSITIVE_INFINITY;
    entry.dueSeconds = Math.min(nextTurnSeconds(entry.workload, now), now + again);
    entry.timer = setTimeout(
      () => {
        void run(entry);
      },
      (entry.dueSeconds - now) * 1000
    );
  };
  const run = async (entry: Entry) => {
    await turn(entry.workload.name);
    if (!isStopped && entries.get(entry.workload.name) === entry) {
      arm(entry);
    }
  };

  return {
    schedule(workloads, fresh = []) {
      const wanted = new Map(workloads.map((workload) => [workload.name, workload]));
      for (const [name, entry] of entries) {
        if (wanted.get(name)?.stepSeconds !== entry.workload.stepSeconds || fresh.includes(name)) {
          clearTimeout(entry.timer);
          entries.delete(name);
        }
      }
      for (const workload of wanted.values()) {
        if (!entries.has(workload.name)) {
          const entry: Entry = { workload, timer: undefined, dueSeconds: nowSeconds() };
          entries.set(workload.name, entry);
          void run(entry);
        }
      }
    },
    nextSeconds() {
      const due = [...entries.values()].map((entry) => entry.dueSeconds);
      return due.length === 0 ? undefined : Math.min(...due);
    },
    stop() {
      isStopped = true;
      for (const entry of entries.values()) {
        clearTimeout(entry.timer);
      }
      entries.clear();
    },
  };
}
