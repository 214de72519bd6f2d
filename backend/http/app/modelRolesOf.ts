import type { ModelRoles, ModelTrial } from '../../../contract/index.ts';
import type { LearningStand } from '../../control/index.ts';
import {
  aheadOf,
  MINIMUM_EFFECT,
  TRIAL_ALPHA,
  trialWords,
  verdictByDays,
  verdictOf,
  type ReadRoles,
  type RoleEvent,
  type Standing,
  type Trial,
} from '../../learning/index.ts';

/** An e-value that no number can hold any more is as large as one can be. */
const LARGEST_LOG = 700;

/** The roles of a workload's learnt models as the API tells them. */
export function modelRolesOf(
  workload: string,
  { roles, problem }: ReadRoles,
  stand: LearningStand | undefined
): ModelRoles[] {
  return Object.entries(roles.models).map(([name, own]) => {
    const training = stand?.training.get(name);
    return {
      ...{ workload, name },
      champion: told(own.champion),
      lastGood: told(own.lastGood),
      challenger: told(own.challenger),
      benched: own.benched.map((each) => told(each)!),
      trials: (stand?.trials ?? []).filter((each) => each.name === name).map(trialOf),
      history: own.history.map(eventOf),
      training:
        training === undefined
          ? null
          : {
              lastAt: training.lastAtSeconds,
              lastOutcome: training.lastOutcome,
              lastReason: training.lastReason,
              failures: training.failures,
              retryAt: training.retryAtSeconds,
              wanted: training.wanted?.why ?? null,
            },
      problem: problem ?? null,
    };
  });
}

function told(standing: Standing | null): ModelRoles['champion'] {
  if (standing === null) {
    return null;
  }
  const { origin, version, atSeconds, by, why } = standing;
  return { origin, version, since: atSeconds, by, why };
}

function eventOf({ what, origin, version, atSeconds, by, why }: RoleEvent): ModelRoles['history'][number] {
  return { what, origin, version, at: atSeconds, by, why };
}

function trialOf({ kind, version, state }: Trial): ModelTrial {
  return {
    kind,
    ...version,
    startedAt: state.startedAtSeconds,
    state: kind === 'lastGood' ? verdictByDays(state) : verdictOf(state),
    words: trialWords(state),
    blocks: state.blocks,
    ahead: state.blocks === 0 ? null : Math.max(-Number.MAX_VALUE, aheadOf(state)),
    eValue: Math.exp(Math.min(LARGEST_LOG, state.better.logWealth)),
    eValueWorse: Math.exp(Math.min(LARGEST_LOG, state.worse.logWealth)),
    eValueSums: Math.exp(Math.min(LARGEST_LOG, state.tail.betting.logWealth)),
    needed: Math.round(1 / TRIAL_ALPHA),
    minimumEffect: MINIMUM_EFFECT,
  };
}
