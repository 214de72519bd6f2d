import type { PlanFile, Recommendation } from '../../../contract/index.ts';
import { HeadroomError } from '../../errors/index.ts';
import type { Storage } from '../../storage/index.ts';
import { gridIndexAt, lastObservedSeconds } from '../../timeseries/index.ts';
import type { WorkloadView } from '../fleetView.ts';
import type { Simulator } from '../simulations/simulator.ts';
import { proposedRecommendation } from './proposedRecommendation.ts';

const PATH_COUNT = 2000;
const SEED = 1;
const MOST_OPEN = 1000;

export interface ProposalsDeps {
  readonly simulator: Pick<Simulator, 'start'>;
  readonly storage: Pick<Storage, 'recommendations' | 'saveRecommendation'>;
  readonly nowSeconds: () => number;
  readonly createId: () => string;
}

export interface ProposalAsk {
  readonly plan: PlanFile;
  readonly who: string;
  readonly reason: string;
}

/** Plans that people propose: recommendations that stand beside Headroom's own until they are answered or expire. */
export class Proposals {
  readonly #deps: ProposalsDeps;

  constructor(deps: ProposalsDeps) {
    this.#deps = deps;
  }

  /**
   * Judges a plan on the latest forecast and stores it as a recommendation. Throws PLAN_INVALID with the field, for a
   * count beyond the bounds too, SIMULATION_IMPOSSIBLE, API_NOT_READY and API_BUSY.
   */
  async propose(view: WorkloadView, { plan, who, reason }: ProposalAsk, signal: AbortSignal): Promise<Recommendation> {
    const { simulator, storage, nowSeconds, createId } = this.#deps;
    const { name, scaling } = view.config;
    const current = replicasNow(view);
    const keepName = plan.name === 'as-now' ? 'unchanged' : 'as-now';
    const canKeep = current !== undefined && current >= scaling.min && current <= scaling.max;
    const plans = canKeep ? [plan, { name: keepName, replicas: [{ at: '0s', count: current }] }] : [plan];
    const simulated = await simulator.start(view, { plans, paths: PATH_COUNT, seed: SEED }, signal);
    if (simulated.kind !== 'done' || simulated.report.recommendation === null || current === undefined) {
      throw new HeadroomError('SIMULATION_IMPOSSIBLE', { workload: name, reason: 'the replicas of now are not known' });
    }
    const { report } = simulated;
    const recommendation = proposedRecommendation({
      id: createId(),
      view,
      plan,
      who,
      reason,
      nowSeconds: nowSeconds(),
      current,
      report: { ...report, recommendation: simulated.report.recommendation },
      keepName,
    });
    await storage.saveRecommendation(recommendation);
    return recommendation;
  }

  /** Ends those that ran out, and wakes those that were snoozed until now. */
  async settle(): Promise<void> {
    const { storage, nowSeconds } = this.#deps;
    const now = nowSeconds();
    const open = await storage.recommendations({ states: ['proposed', 'snoozed'], limit: MOST_OPEN });
    for (const { answer, ...proposal } of open.filter(({ proposedBy }) => proposedBy !== undefined)) {
      if (proposal.expiresAt <= now) {
        await storage.saveRecommendation({
          ...proposal,
          ...(answer === undefined ? {} : { answer }),
          state: 'expired',
        });
      } else if (proposal.state === 'snoozed' && (answer?.until ?? Number.POSITIVE_INFINITY) <= now) {
        await storage.saveRecommendation({ ...proposal, state: 'proposed' });
      }
    }
  }
}

function replicasNow({ replicas }: WorkloadView): number | undefined {
  const at = replicas && lastObservedSeconds(replicas);
  return replicas === undefined || at === undefined
    ? undefined
    : Math.floor(replicas.values[gridIndexAt(replicas.grid, at)]!);
}
