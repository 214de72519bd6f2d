import { BUILT_IN_SCENARIOS } from '../../simulation/index.ts';

/** What the files of `headroom simulate` look like, as its help shows it. */
export const SIMULATE_FORMATS = `
Scenarios that ship by name (docs/scenarios.md has a card for each):
${namesInLines()}

A scenario file (times are relative to the last measurement; several documents may be parted by ---):
  name: flash-sale
  interventions:
    - { kind: spike, target: demand, factor: 2.0, start: 30m, duration: 2h, shape: plateau, rampUp: 5m, rampDown: 30m }
    - { kind: scale, target: cpu, factor: 1.1, start: 30m, duration: 2h }
  probability: 0.2      # its share in the mixture that the recommendation is made for
  kinds    scale, spike, ramp, step: x * factor + add; attack, load: added load, a factor of 3 adds twice the usual
           level; capacity: replicas * factor + add
  target   demand (or its column), a column of --resources, resources (all of them); replicas for capacity
  shapes   step, ramp, plateau (rampUp, rampDown), triangle, exponential
  start    a duration, or a range [0h, 12h] drawn from for each future; probability: in so many of the futures

A plan file (counts that serve; the last one holds):
  name: sale-floor
  replicas: [ { at: 0m, count: 12 }, { at: 25m, count: 24 }, { at: 3h, count: 14 } ]

A service file:
  perReplica: 50          # units of demand that one ready replica serves within the SLO
  unitSeconds: 1          # seconds that a unit is counted over: 60 for requests a minute
  startSeconds: 180
  min: 1
  max: 500
  resources: { cpu: { perReplica: 2 }, memory: { perReplica: 4Gi, whenFull: kills } }   # or queues, throttles
  drainSeconds: 30
  queueLimit: 500         # requests that may wait at one replica
  variability: { arrivals: 1, service: 1 }           # squared coefficients of variation
  scalability: { contention: 0.02, coherence: 0 }    # how replicas slow each other down
  slo: { latencySeconds: 0.25, objective: 0.99, serviceSeconds: 0.05 }
  cost: { replicaHour: 0.10, violationMinute: 1.00, droppedThousand: 0.5, scaleAction: 0.01, idleReplicaHour: 0.02,
          weights: { churn: 2 } }                    # what each part counts in the sum
  headroom: { risk: 0.01 }
  With perReplica: auto it is learnt, with serviceSeconds and the rest, from columns of the input:
  history: { replicas: ready, latency: p99, latencyQuantile: 0.99, errors: failed, cpu: cpu }
`;

/** The names, four a line. */
function namesInLines(): string {
  const names = BUILT_IN_SCENARIOS.map(({ name }) => name);
  return Array.from(
    { length: Math.ceil(names.length / 4) },
    (_, line) => `  ${names.slice(4 * line, 4 * line + 4).join(', ')}`
  ).join(',\n');
}
