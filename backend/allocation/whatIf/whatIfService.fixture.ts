import { serviceModel } from '../../simulation/index.ts';
import type { WhatIfService } from './whatIfTypes.ts';

/** A service to simulate: replicas that each do fifty of the first series, with a promise of latency and prices. */
export const EXAMPLE_SERVICE: WhatIfService = {
  min: 1,
  max: 40,
  startSeconds: 300,
  risk: 0.02,
  current: 10,
  tiers: { committed: 0.5, burst: 0.999 },
  prices: { replicaHour: 0.1, violationMinute: 1 },
  currency: 'USD',
  model: serviceModel({ perReplica: 50, unitSeconds: 1, latencySeconds: 0.25, objective: 0.99, serviceSeconds: 0.05 })!,
};
