import { fitService, refitScalability, type ScalabilityRefit, type ServiceFit } from '../simulation/index.ts';
import { gridEnd } from '../timeseries/index.ts';
import type { OutlookJob } from './compute.ts';

const RELEARN_SECONDS = 86_400;
const RETRY_SECONDS = 3600;

/**
 * Learns the capacity of workloads and keeps it for a day; what is not known yet is tried again after an hour, and what
 * was known stays until it is known anew.
 */
export class CapacityLearner {
  readonly #learnt = new Map<string, { readonly fit: ServiceFit; readonly triedSeconds: number }>();
  readonly #refits = new Map<
    string,
    { readonly refit: ScalabilityRefit; readonly declared: string; readonly triedSeconds: number }
  >();

  /** Undefined where the job has nothing to learn from. */
  learn({ workload, capacity }: Pick<OutlookJob, 'workload' | 'capacity'>): ServiceFit | undefined {
    const known = this.#learnt.get(workload);
    if (capacity?.learnsPerReplica !== true) {
      return known?.fit;
    }
    const { history, promise } = capacity;
    const nowSeconds = gridEnd(history.demand.grid);
    const keepSeconds = known?.fit.kind === 'fitted' ? RELEARN_SECONDS : RETRY_SECONDS;
    if (known !== undefined && capacity.isStale !== true && nowSeconds - known.triedSeconds < keepSeconds) {
      return known.fit;
    }
    const found = fitService(history, promise, { canSlowDown: false });
    const fit = found.kind === 'unknown' && known?.fit.kind === 'fitted' ? known.fit : found;
    this.#learnt.set(workload, { fit, triedSeconds: nowSeconds });
    return fit;
  }

  /** How replicas slow each other down, learnt as often, from the past as it is then. */
  refit({ workload, capacity }: Pick<OutlookJob, 'workload' | 'capacity'>): ScalabilityRefit | undefined {
    if (capacity?.refits === undefined) {
      this.#refits.delete(workload);
      return undefined;
    }
    const declared = JSON.stringify(capacity.refits);
    const before = this.#refits.get(workload);
    const known = before?.declared === declared ? before : undefined;
    const nowSeconds = gridEnd(capacity.history.demand.grid);
    const keepSeconds = known?.refit.kind === 'adopted' ? RELEARN_SECONDS : RETRY_SECONDS;
    if (known !== undefined && capacity.isStale !== true && nowSeconds - known.triedSeconds < keepSeconds) {
      return known.refit;
    }
    const refit = refitScalability(capacity.history, capacity.refits);
    this.#refits.set(workload, { refit, declared, triedSeconds: nowSeconds });
    return refit;
  }

  forget(workload: string): void {
    this.#refits.delete(workload);
    this.#learnt.delete(workload);
  }
}
