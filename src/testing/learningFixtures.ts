import type { Experiment } from '../../contract/experiments.ts';
import type { Job } from '../../contract/job.ts';
import type { KpiFigures } from '../../contract/kpis.ts';
import type { LearntModel, ModelRoles, ModelsResponse, ModelTrial } from '../../contract/models.ts';
import { NOW } from './fixtures';

const DAY = 86_400;

export function aLearntModel(changes: Partial<LearntModel> = {}): LearntModel {
  return {
    name: 'lstm',
    version: '1.1.0',
    workload: null,
    state: 'inForce',
    reason: null,
    architecture: 'lstm',
    parameterCount: 981_429,
    contextLength: 4608,
    horizon: 900,
    seed: 1,
    steps: 4500,
    seconds: 3045,
    tunedFrom: null,
    data: [],
    scores: [{ data: 'clouds', crps: 0.2, mase: 0.4, seasonalNaiveCrps: 0.7, seasonalNaiveMase: 1.4 }],
    workloads: ['checkout'],
    card: null,
    ...changes,
  };
}

export function aTrial(changes: Partial<ModelTrial> = {}): ModelTrial {
  return {
    kind: 'challenger',
    origin: 'tuned',
    version: '1.1.2',
    startedAt: NOW - 12 * DAY,
    state: 'undecided',
    words: 'ahead by 4.0 % over 12 days, e-value for better 7.0 of 20 needed',
    blocks: 12,
    ahead: 0.04,
    eValue: 7,
    eValueWorse: 0.2,
    eValueSums: 2,
    needed: 20,
    minimumEffect: 0.01,
    ...changes,
  };
}

export function someRoles(changes: Partial<ModelRoles> = {}): ModelRoles {
  const standing = { origin: 'tuned', by: 'headroom', why: 'it forecasts better' } as const;
  return {
    workload: 'checkout',
    name: 'lstm',
    champion: { ...standing, version: '1.1.1', since: NOW - 20 * DAY },
    lastGood: { ...standing, origin: 'shipped', version: '1.1.0', since: NOW - 40 * DAY },
    challenger: { ...standing, version: '1.1.2', since: NOW - 12 * DAY },
    benched: [],
    trials: [aTrial()],
    history: [
      { what: 'promoted', ...standing, version: '1.1.1', at: NOW - 20 * DAY },
      { what: 'entered', ...standing, version: '1.1.2', at: NOW - 12 * DAY },
    ],
    training: {
      lastAt: NOW - 12 * DAY,
      lastOutcome: 'better',
      lastReason: 'once a week',
      failures: 0,
      retryAt: null,
      wanted: null,
    },
    problem: null,
    ...changes,
  };
}

export function someModels(changes: Partial<ModelsResponse> = {}): ModelsResponse {
  return {
    now: NOW,
    models: [
      aLearntModel({ workloads: [] }),
      aLearntModel({ version: '1.1.1', workload: 'checkout', workloads: ['checkout'] }),
      aLearntModel({ name: 'transformer' }),
    ],
    roles: [someRoles()],
    drifting: [
      {
        ...{ workload: 'checkout', resource: 'requests', kind: 'levelShift', isConfirmed: true, since: NOW - 7200 },
        ...{ words: 'Another level: 1.4 times what was foreseen', offset: null, ratio: 1.4, factor: null, rise: null },
        ...{ statistic: 9, threshold: 6, alarmDays: 120 },
      },
    ],
    promotion: 'approve',
    ...changes,
  };
}

export function aTraining(changes: Partial<Job> = {}): Job {
  return {
    id: 'j1',
    kind: 'train',
    workload: 'checkout',
    state: 'running',
    createdAt: NOW - 60,
    startedAt: NOW - 50,
    finishedAt: null,
    progress: 0.4,
    secondsLeft: 90,
    message: 'It learns',
    figures: { step: 120, loss: 0.23 },
    result: null,
    problem: null,
    ...changes,
  };
}

export function anExperiment(changes: Partial<Experiment> = {}): Experiment {
  const startsAt = NOW - 4 * DAY;
  const schedule = Array.from({ length: 96 }, (_, index) => (index % 3 === 0 ? 'a' : 'b'));
  return {
    id: 'e1',
    workload: 'checkout',
    state: 'running',
    who: 'ana',
    reason: 'is a cheaper risk good enough?',
    createdAt: startsAt - 60,
    startsAt,
    endsAt: startsAt + 8 * DAY,
    endedAt: null,
    endedBecause: null,
    arms: { a: { risk: 0.01 }, b: { risk: 0.05 } },
    outcome: 'cost',
    unit: 'USD/h',
    windowSeconds: 7200,
    burnInSeconds: 360,
    periodSeconds: DAY,
    blocks: 4,
    seed: 1,
    guard: { violationShare: 0.1 },
    planned: null,
    present: 'b',
    schedule,
    windows: schedule.slice(0, 47).map((arm, index) => ({
      start: startsAt + index * 7200,
      arm,
      value: arm === 'a' ? 4 : 3.6,
      violationShare: 0,
      void: index === 5 ? 'it is paused' : null,
    })),
    looks: [
      { at: startsAt + 2 * DAY, pairs: 11, effect: -0.4, low: -1.2, high: 0.4, bound: 2.9 },
      { at: startsAt + 4 * DAY, pairs: 23, effect: -0.4, low: -0.7, high: -0.1, bound: 2.4 },
    ],
    lower: 'b',
    means: { a: 4, b: 3.6 },
    carryOver: { effect: 0.01, pValue: 0.6, isSuspected: false },
    missingShare: 0.02,
    verdict: ['risk 0.05 (b) has a lower cost than risk 0.01 (a): b less a is -0.4 USD/h.'],
    ...changes,
  };
}

export function someKpis(changes: Partial<KpiFigures> = {}): KpiFigures {
  const estimate = (value: number) => ({ value, low: value - 10, high: value + 10 });
  const gain = { replicaHours: estimate(400), violationMinutes: estimate(55), cost: estimate(120) };
  return {
    group: null,
    start: NOW - 30 * DAY,
    end: NOW,
    days: 30,
    workloads: 3,
    workloadDays: 90,
    missingShare: 0.01,
    actedShare: 0.8,
    utilization: 0.62,
    replicaHours: 1600,
    slackReplicaHours: 600,
    violationMinutes: 5,
    cost: 480,
    currency: 'USD',
    sloAttainment: 0.999,
    reactive: { replicaHours: 2000, violationMinutes: 60, cost: 600 },
    savings: gain,
    forecastValue: { againstSeasonal: null, againstNone: gain },
    ...changes,
  };
}
