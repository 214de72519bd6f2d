import type { KeptScenario } from '../../contract/scenario.ts';
import type { SimulationReport, SimulationRequest } from '../../contract/simulation.ts';
import { aRecommendation, NOW } from './fixtures';

const STEPS = 12;
const STEP_SECONDS = 3600;

export function aKeptScenario(changes: Partial<KeptScenario> = {}): KeptScenario {
  const name = changes.name ?? 'flash-sale';
  return {
    name,
    origin: 'built-in',
    version: 1,
    updatedAt: null,
    scenario: {
      name,
      description: 'Twice the requests for two hours',
      interventions: [
        { kind: 'spike', target: 'demand', factor: 2, start: '30m', duration: '2h', rampUp: '5m', rampDown: '30m' },
      ],
    },
    changes: ['spike: `demand` times 2'],
    use: 'Before a sale with a known beginning.',
    ...changes,
  };
}

/** What the sidecar answers to a simulation: with the scenario everything is `factor` times the baseline. */
export function aReport(request: SimulationRequest, changes: Partial<SimulationReport> = {}): SimulationReport {
  const isSlider = request.detail === 'slider';
  const levels = isSlider ? [0.1, 0.5, 0.9] : [0.025, 0.1, 0.5, 0.9, 0.975];
  const [scenario] = request.scenarios ?? [];
  const factor = (typeof scenario === 'object' ? scenario.interventions[0]?.factor : undefined) ?? 1;
  const of = (times: number) => ({
    levels,
    values: levels.map((level) => Array<number>(STEPS).fill(100 * level * times)),
  });
  const outcome = (plan: string, times: number) => ({
    plan,
    replicas: [{ at: 0, count: 4 }],
    cost: 10 * times,
    costs: { replicas: 10, violations: 0, dropped: null, churn: 0, overProvisioning: 0 },
    replicaHours: 96,
    violationMinutes: 3 * times,
    scaleActions: 0,
    utilization: 0.5,
    latencySeconds: request.service === undefined ? null : { p50: 0.05, p95: 0.1 * times, p99: 0.2 * times },
    throughput: 100,
    dropped: null,
    killed: null,
    shortfallProbability: Array<number>(STEPS).fill(Math.min(1, 0.1 * times)),
    shortfallProbabilityWindow: 0.01 * times,
    shortfallProbabilityHorizon: Math.min(1, 0.2 * times),
    sloAttainment: null,
  });
  const point = (
    plan: string,
    count: number,
    cost: number,
    risk: number,
    kind: 'static' | 'scheduled-floor' | 'requests'
  ) => ({
    plan,
    kind,
    cost,
    replicaHours: 24 * count,
    shortfallProbabilityWindow: risk,
    replicas: [
      { at: 0, count },
      { at: 7200, count: count + 2 },
    ],
    requests: null,
  });
  const plans = (request.plans ?? []).map(({ name }) => name);
  return {
    workload: 'checkout',
    column: 'requests',
    paths: 2000,
    steps: STEPS,
    stepSeconds: STEP_SECONDS,
    cutoff: NOW,
    seed: 1,
    detail: isSlider ? 'slider' : 'full',
    seconds: 0.1,
    pathStepsPerSecond: 1e6,
    scenarios: [['baseline', 1] as const, [typeof scenario === 'object' ? scenario.name : 'x', factor] as const].map(
      ([name, times]) => ({
        scenario: name,
        weight: 1,
        asked: { first: 4, peak: 4 * times },
        demand: of(times),
        resources: { cpu: of(times / 10) },
        plans: plans.map((plan) => outcome(plan, times)),
      })
    ),
    frontier: [],
    frontiers: isSlider
      ? {}
      : {
          static: [point('risk-0.1', 8, 20, 0.1, 'static')],
          'scheduled-floor': [
            point('risk-0.1', 5, 12, 0.1, 'scheduled-floor'),
            point('risk-0.01', 7, 15, 0.009, 'scheduled-floor'),
            point('risk-0.001', 9, 19, 0.0009, 'scheduled-floor'),
          ],
          requests: [point('half', 8, 14, 0.02, 'requests')],
        },
    candidates: [],
    absent: [],
    recommendation: isSlider ? null : aRecommendation(),
    warnings: ['Without slo.serviceSeconds latency is not known'],
    ...changes,
  };
}
