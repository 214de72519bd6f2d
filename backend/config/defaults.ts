/** What holds where the workloads file is silent; each name bears its unit. */
export const DEFAULTS = {
  forecast: {
    stepSeconds: 300,
    horizonSeconds: 86_400,
    historySeconds: 21 * 86_400,
    model: 'auto',
  },
  near: {
    intervalSeconds: 60,
    leastHorizonSeconds: 3600,
    /** The horizon spans this many lead times. */
    leadTimes: 2,
    /** A week of the same hour, and a day to learn from. */
    historySeconds: 8 * 86_400,
  },
  planning: {
    stepSeconds: 86_400,
    horizonSeconds: 90 * 86_400,
    leastSampleSeconds: 900,
    /** Two years show the year's shape; a third tells it from chance. */
    historySeconds: 3 * 366 * 86_400,
  },
  scaling: {
    mode: 'observe',
    isModeLocked: false,
    min: 1,
    max: 1000,
    leadTimeSeconds: 180,
    drainSeconds: 30,
    risk: 0.01,
    tiers: { committed: 0.5, burst: 0.999 },
    cooldown: { outSeconds: 0, inSeconds: 300 },
    stabilizationSeconds: 300,
    worth: 0.1,
    handBackSeconds: 1800,
    minHistorySeconds: 3 * 86_400,
    watchSeconds: 900,
  },
  requests: { apply: 'recommend', worth: 0.1, cooldownSeconds: 3600 },
  /** Where a workload says tuneTarget. */
  relaxedUtilization: 0.95,
  /** An HPA that nobody tuned, and how late it sees its metric. */
  reactive: {
    metricLagSeconds: 30,
    hpa: { targetUtilization: 0.7, tolerance: 0.1, syncSeconds: 15, downStabilizationSeconds: 300 },
  },
  fleet: { lowerShare: 0.25, lowerSeconds: 600 },
  serving: { unitSeconds: 1 },
  cost: { currency: 'USD' },
  timeZone: 'UTC',
} as const;

/** Bounds of what one workload may ask of the machine. */
export const LIMITS = {
  minStepSeconds: 10,
  maxHorizonSteps: 2016,
  maxHistorySteps: 100_000,
  maxNearHistorySteps: 30_000,
  maxPlanningSteps: 400,
  maxWorkloads: 5000,
  /** Kept for one workload: each costs a simulation a turn. */
  maxScenarios: 8,
  maxReplicas: 1_000_000,
  /** A smaller probability cannot be told from none by the paths that are simulated. */
  minRisk: 1e-6,
  minPerReplica: 1e-9,
  maxPerReplica: 1e18,
} as const;
