import type {
  FeaturesResponse,
  ForecastResponse,
  Importance,
  Sparkline,
  Status,
  WorkloadDetail,
  WorkloadRange,
  WorkloadSummary,
} from '../../contract/api.ts';
import type { Recommendation } from '../../contract/recommendation.ts';

export const NOW = 1_795_000_000;
const HOUR = 3600;

export function aSparkline(): Sparkline {
  const times = Array.from({ length: 20 }, (_, index) => NOW + (index - 10) * HOUR);
  return {
    resource: 'requests',
    times,
    actual: times.map((time) => (time <= NOW ? 120 : null)),
    lower: times.map((time) => (time > NOW ? 100 : null)),
    median: times.map((time) => (time > NOW ? 130 : null)),
    upper: times.map((time) => (time > NOW ? 180 : null)),
    capacity: times.map(() => 200),
  };
}

/** A line of the fleet, without its sparkline as pages ask for it. */
export function aWorkload(changes: Partial<WorkloadSummary> = {}): WorkloadSummary {
  return {
    name: 'checkout',
    account: { name: 'acme', tier: 'gold', industry: 'retail', region: 'eu-west-1' },
    mode: 'observe',
    declaredIn: 'file',
    health: { state: 'ok', problem: null, lastSuccessAt: NOW - 30 },
    demand: 'requests',
    resources: [
      {
        name: 'requests',
        kind: 'activity',
        unit: 'reqps',
        model: 'mstl',
        latest: 120,
        capacity: 200,
        shortfallProbability: { '1h': 0.001, '6h': 0.2, '24h': 0.7 },
        firstShortfallAt: NOW + 3 * HOUR,
      },
      {
        name: 'cpu',
        kind: 'resource',
        unit: 'cores',
        model: 'mstl',
        latest: 4,
        capacity: null,
        shortfallProbability: null,
        firstShortfallAt: null,
      },
    ],
    replicas: { current: 4, recommended: 7 },
    shortfallProbability: { '1h': 0.001, '6h': 0.2, '24h': 0.7 },
    firstShortfallAt: NOW + 3 * HOUR,
    costHourly: { current: 4, proposed: 3.5, currency: 'USD' },
    recommendationId: 'r1',
    warnings: [],
    ...changes,
  };
}

export function aRecommendation(changes: Partial<Recommendation> = {}): Recommendation {
  return {
    id: 'r1',
    workload: 'checkout',
    state: 'proposed',
    createdAt: NOW - 60,
    expiresAt: NOW + 600,
    action: 'raise',
    current: { replicas: 4 },
    proposed: { replicas: 7 },
    plan: {
      name: 'least',
      replicas: [
        { at: NOW - 60, count: 7 },
        { at: NOW + 2 * HOUR, count: 9 },
      ],
    },
    tiers: { committed: 5, reserved: 2, total: 7, burst: 3 },
    expected: {
      current: {
        replicaHours: 96,
        cost: 11.5,
        shortfallProbability: 0.34,
        shortfallMinutes: 42,
        firstShortfallAt: NOW + 3 * HOUR,
      },
      proposed: {
        replicaHours: 168,
        cost: 20.2,
        shortfallProbability: 0.009,
        shortfallMinutes: 0.5,
        firstShortfallAt: null,
      },
    },
    risk: 0.01,
    leadTimeSeconds: 180,
    currency: 'USD',
    confidence: { level: 'medium', historySeconds: 21 * 86_400, coverage80: 0.79 },
    reasons: [{ code: 'peak', text: 'Demand peaks in 3 hours at 320 requests a second.' }],
    warnings: [],
    seed: 42,
    pathCount: 1000,
    ...changes,
  };
}

export function aDetail(changes: Partial<WorkloadDetail> = {}): WorkloadDetail {
  return {
    now: NOW,
    summary: aWorkload(),
    definition: null,
    accuracy: [
      { resource: 'requests', model: 'mstl', lead: '1h', count: 200, crps: 1.2, mase: 0.8, coverage: { '0.8': 0.79 } },
      {
        resource: 'requests',
        model: 'seasonal-naive',
        lead: '1h',
        count: 200,
        crps: 1.9,
        mase: 1.1,
        coverage: { '0.8': 0.7 },
      },
    ],
    ranges: [aRange(), aRange({ range: 'near', step: 60, horizon: HOUR }), aRange(PLANNING)],
    recommendation: aRecommendation(),
    ...changes,
  };
}

const PLANNING = { range: 'planning', step: 86_400, horizon: 90 * 86_400 } as const;

export function aRange(changes: Partial<WorkloadRange> = {}): WorkloadRange {
  return {
    range: 'day',
    step: 300,
    horizon: 86_400,
    issuedAt: NOW - 120,
    health: { state: 'ok', problem: null, lastSuccessAt: NOW - 120 },
    accuracy: [],
    warnings: [],
    ...changes,
  };
}

export function aForecast(changes: Partial<ForecastResponse> = {}): ForecastResponse {
  const times = Array.from({ length: 48 }, (_, index) => NOW + (index - 24) * HOUR);
  const levels = [0.025, 0.1, 0.2, 0.3, 0.5, 0.7, 0.8, 0.9, 0.975];
  const ahead = (value: number) => times.map((time) => (time > NOW ? value : null));
  return {
    workload: 'checkout',
    resource: 'requests',
    unit: 'reqps',
    range: 'day',
    aggregate: null,
    issuedAt: NOW - 120,
    now: NOW,
    model: 'mstl',
    step: HOUR,
    times,
    levels,
    values: levels.map((level) => ahead(100 + 100 * level)),
    mean: ahead(150),
    actual: times.map((time) => (time <= NOW ? 120 : null)),
    capacity: times.map(() => 200),
    shortfallProbability: ahead(0.2),
    replicas: null,
    warnings: [],
    ...changes,
  };
}

export function anImportance(changes: Partial<Importance> = {}): Importance {
  const group = (
    name: string,
    kind: Importance['groups'][number]['kind'],
    share: number,
    near = share
  ): Importance['groups'][number] => ({
    name,
    kind,
    description: name,
    present: true,
    used: share > 0,
    change: { whole: 100 * share, parts: [100 * near, 100 * share] },
    widths: share,
    share: { whole: share, parts: [near, share] },
  });
  return {
    model: 'auto',
    cutoff: NOW - 120,
    forecastCount: 12,
    width: 100,
    parts: [
      { name: 'near', from: 1, to: 2 },
      { name: 'far', from: 3, to: 24 },
    ],
    groups: [
      group('seasonal_1d', 'decomposition', 0.5, 0.1),
      group('mean_1h', 'rolling', 0.2, 0.7),
      group('sessions', 'covariate', 0.12, 0.08),
      group('seasonal_8h', 'decomposition', 0.08, 0.06),
      group('trend', 'decomposition', 0.05, 0.03),
      group('rate_1h', 'rate', 0.03, 0.02),
      group('remainder', 'decomposition', 0.02, 0.01),
      group('calendar', 'calendar', 0),
      group('tier', 'category', 0),
      { ...group('missing', 'missing', 0), present: false },
    ],
    emptyReason: null,
    ...changes,
  };
}

export function aFeatures(importance: Importance | null = anImportance()): FeaturesResponse {
  return {
    workload: 'checkout',
    now: NOW,
    timeZone: 'UTC',
    step: HOUR,
    times: [],
    resources: ['requests', 'cpu'],
    categories: [],
    events: [],
    series: [],
    importance,
  };
}

export function aStatus(changes: Partial<Status> = {}): Status {
  return {
    version: '0.1.0',
    now: NOW,
    startedAt: NOW - 1000,
    demo: false,
    mode: { observe: 3, approve: 0, auto: 0 },
    config: { file: '/etc/headroom.yaml', loadedAt: NOW - 900, problem: null },
    sources: [
      { name: 'prom', type: 'prometheus', health: { state: 'ok', problem: null, lastSuccessAt: NOW }, workloads: 3 },
    ],
    models: [{ name: 'mstl', series: 3 }],
    storage: { kind: 'sqlite', problem: null },
    tunedModels: [],
    schedules: [],
    errors: [],
    ...changes,
  };
}
