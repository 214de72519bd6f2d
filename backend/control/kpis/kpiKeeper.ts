import { setImmediate } from 'node:timers/promises';
import { periodStart, reckonDay, type KpiDay } from '../../learning/index.ts';
import type { Storage } from '../../storage/index.ts';
import { gridEnd, gridIndexAt, timeAt, type Series } from '../../timeseries/index.ts';
import type { FleetHooks } from '../fleetHooks.ts';
import type { FleetView, WorkloadView } from '../fleetView.ts';
import { dayInput } from './dayInput.ts';
import { KpiStore } from './kpiStore.ts';

const DAY_SECONDS = 86_400;
const SINCE = 'kpis/since';
/** Measurements may come so late. */
const LATE_SECONDS = 3600;
/** A day that lacks steps is reckoned once more while what lacks may still come. */
const AGAIN_SECONDS = 3 * DAY_SECONDS;

export interface KpiKeeperDeps {
  readonly storage: Storage;
  readonly fleet: FleetView;
  readonly hooks: Pick<FleetHooks, 'event'>;
  readonly utilizationOf: (workload: string) => number | undefined;
}

/**
 * Reckons each workload's UTC days once they are over and keeps them; the past that the history reaches back to is
 * reckoned too. One workload after the other, with a breath in between, so that nothing waits for it.
 */
export class KpiKeeper {
  readonly #deps: KpiKeeperDeps;
  readonly #store: KpiStore;
  /** Days that are kept, each with how many of its steps were measured. */
  readonly #known = new Map<string, Map<number, number>>();
  #turning: Promise<void> | undefined;
  #isClosed = false;
  /** Since when Headroom has been looking: nothing before is its doing. */
  #sinceSeconds: number | undefined;
  #prunedDay = Number.NEGATIVE_INFINITY;

  constructor(deps: KpiKeeperDeps) {
    this.#deps = deps;
    this.#store = new KpiStore(deps.storage);
  }

  /** Reckons what is due; while a turn is under way, joins it. */
  async turn(): Promise<void> {
    this.#turning ??= this.#turn().finally(() => {
      this.#turning = undefined;
    });
    await this.#turning;
  }

  /** Days that begin in [from, to), of all workloads. */
  days(fromSeconds: number, toSeconds: number): Promise<readonly KpiDay[]> {
    return this.#store.between(fromSeconds, toSeconds);
  }

  /** Waits for the day that is being reckoned; the rest is left for the next start. */
  async close(): Promise<void> {
    this.#isClosed = true;
    await this.#turning;
  }

  async #turn(): Promise<void> {
    this.#sinceSeconds ??= await this.#since();
    for (const view of this.#deps.fleet.workloads()) {
      if (this.#isClosed) {
        return;
      }
      try {
        await this.#reckon(view);
      } catch (error) {
        this.#deps.hooks.event({
          atSeconds: this.#deps.fleet.nowSeconds(),
          level: 'warn',
          what: 'kpis',
          workload: view.config.name,
          message: `its figures could not be reckoned or kept: ${error instanceof Error ? error.message : String(error)}`,
        });
      }
      await setImmediate();
    }
    const today = Math.floor(this.#deps.fleet.nowSeconds() / DAY_SECONDS);
    if (today > this.#prunedDay && !this.#isClosed) {
      this.#prunedDay = today;
      await this.#store.prune(this.#deps.fleet.nowSeconds()).catch(() => undefined);
    }
  }

  async #reckon(view: WorkloadView): Promise<void> {
    const { name } = view.config;
    const demand = view.actual.get(view.config.demand ?? '');
    if (demand === undefined || view.replicas === undefined) {
      return;
    }
    const now = this.#deps.fleet.nowSeconds();
    const first = Math.ceil(demand.grid.startSeconds / DAY_SECONDS) * DAY_SECONDS;
    const due: number[] = [];
    const readUntil = Math.min(now - LATE_SECONDS, gridEnd(demand.grid));
    for (let day = first; day + DAY_SECONDS <= readUntil; day += DAY_SECONDS) {
      due.push(day);
    }
    const known = this.#known.get(name) ?? (await this.#read(name, due));
    this.#known.set(name, known);
    for (const day of due) {
      const measured = known.get(day);
      const hasGrown =
        measured === undefined || (now - day < AGAIN_SECONDS && measuredNow(demand, view.replicas, day) > measured);
      if (hasGrown && !this.#isClosed) {
        const reckoned = await this.#reckoned(view, day);
        if (reckoned !== undefined && reckoned.measuredSteps > (measured ?? 0)) {
          await this.#store.add(name, [reckoned]);
        }
        known.set(day, reckoned?.measuredSteps ?? 0);
      }
    }
  }

  async #reckoned(view: WorkloadView, daySeconds: number): Promise<KpiDay | undefined> {
    const { fleet, utilizationOf } = this.#deps;
    const input = await dayInput(view, daySeconds, { fleet, utilizationOf });
    if (input === undefined) {
      return undefined;
    }
    const isActedOn = input.isActedOn && daySeconds >= (this.#sinceSeconds ?? Number.POSITIVE_INFINITY);
    const reckoning = reckonDay({ ...input, isActedOn });
    for (let next = reckoning.next(); ; next = reckoning.next()) {
      if (next.done === true) {
        return next.value;
      }
      await setImmediate();
    }
  }

  async #since(): Promise<number> {
    const { storage, fleet } = this.#deps;
    const kept = await storage.setting(SINCE);
    if (typeof kept === 'number') {
      return kept;
    }
    await storage.setSetting(SINCE, fleet.nowSeconds());
    return fleet.nowSeconds();
  }

  async #read(name: string, days: readonly number[]): Promise<Map<number, number>> {
    const known = new Map<number, number>();
    for (const atSeconds of new Set(days.map((day) => periodStart(day, 'month')))) {
      for (const { daySeconds, measuredSteps } of await this.#store.ofMonth(name, atSeconds)) {
        known.set(daySeconds, measuredSteps);
      }
    }
    return known;
  }
}

/** Steps of a day that have both by now. */
function measuredNow(demand: Series, replicas: Series, daySeconds: number): number {
  let count = 0;
  for (let row = gridIndexAt(demand.grid, daySeconds); timeAt(demand.grid, row) < daySeconds + DAY_SECONDS; row++) {
    const ready = replicas.values[gridIndexAt(replicas.grid, timeAt(demand.grid, row))] ?? Number.NaN;
    count += Number.isNaN(ready) || Number.isNaN(demand.values[row] ?? Number.NaN) ? 0 : 1;
  }
  return count;
}
