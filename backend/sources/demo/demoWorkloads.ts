import type { WorkloadEntry, WorkloadsFile } from '../../../contract/index.ts';
import { DEMO_TRAITS } from './demoFleet.ts';

const SOURCE = 'demo';

interface Declaration {
  readonly account: NonNullable<WorkloadEntry['account']>;
  /** What one replica has of each resource. */
  readonly perReplica: { readonly cpu: number | string; readonly memory: string };
  readonly io: { readonly name: 'network' | 'disk'; readonly perReplica?: string };
  readonly slo: { readonly latencySeconds: number; readonly objective: number };
  readonly scenarios?: readonly string[];
  readonly scaling: NonNullable<WorkloadEntry['scaling']>;
  readonly cost: NonNullable<WorkloadEntry['cost']>;
}

const DECLARATIONS: Readonly<Record<string, Declaration>> = {
  checkout: {
    account: { name: 'acme', tier: 'gold', industry: 'retail', region: 'eu-west-1', timeZone: 'Europe/Dublin' },
    perReplica: { cpu: 2, memory: '4Gi' },
    io: { name: 'network', perReplica: '12M' },
    slo: { latencySeconds: 0.25, objective: 0.99 },
    scenarios: ['flash-sale', 'denial-of-service', 'zone-loss'],
    scaling: { mode: 'approve', min: 6, max: 60, leadTime: '3m', risk: 0.01, tiers: { committed: 0.5, burst: 0.999 } },
    cost: price(0.12, 2.5),
  },
  'signup-api': {
    account: {
      name: 'northwind',
      tier: 'silver',
      industry: 'software',
      region: 'us-east-1',
      timeZone: 'America/New_York',
    },
    perReplica: { cpu: 1, memory: '1Gi' },
    io: { name: 'network' },
    slo: { latencySeconds: 0.4, objective: 0.99 },
    scenarios: ['user-growth', 'retry-storm'],
    scaling: { min: 3, max: 120, leadTime: '3m', risk: 0.02 },
    cost: price(0.06, 1),
  },
  notifications: {
    account: {
      name: 'northwind',
      tier: 'silver',
      industry: 'software',
      region: 'us-east-1',
      timeZone: 'America/New_York',
    },
    perReplica: { cpu: 1, memory: '1Gi' },
    io: { name: 'network' },
    slo: { latencySeconds: 1, objective: 0.98 },
    scaling: { mode: 'auto', min: 2, max: 40, leadTime: '2m', risk: 0.05 },
    cost: price(0.05, 0.4),
  },
  etl: {
    account: { name: 'globex', tier: 'bronze', industry: 'finance', region: 'eu-central-1', timeZone: 'Europe/Berlin' },
    perReplica: { cpu: 4, memory: '8Gi' },
    io: { name: 'disk', perReplica: '40M' },
    slo: { latencySeconds: 10, objective: 0.95 },
    scaling: { min: 1, max: 30, leadTime: '5m', risk: 0.05 },
    cost: price(0.31, 0.2),
  },
  'internal-wiki': {
    account: { name: 'acme', tier: 'internal', industry: 'retail', region: 'eu-west-1', timeZone: 'Europe/Dublin' },
    perReplica: { cpu: 1, memory: '2Gi' },
    io: { name: 'disk' },
    slo: { latencySeconds: 1, objective: 0.95 },
    scaling: { min: 1, max: 5, leadTime: '2m', risk: 0.05 },
    cost: price(0.05, 0.05),
  },
  'iot-gateway': {
    account: {
      name: 'initech',
      tier: 'gold',
      industry: 'manufacturing',
      region: 'ap-southeast-1',
      timeZone: 'Asia/Singapore',
    },
    perReplica: { cpu: 2, memory: '2Gi' },
    io: { name: 'network', perReplica: '1M' },
    slo: { latencySeconds: 0.1, objective: 0.995 },
    scaling: { min: 4, max: 30, leadTime: '3m', risk: 0.01 },
    cost: price(0.1, 1.5),
  },
  search: {
    account: { name: 'umbrella', tier: 'gold', industry: 'media', region: 'ap-northeast-1', timeZone: 'Asia/Tokyo' },
    perReplica: { cpu: 2, memory: '4Gi' },
    io: { name: 'network' },
    slo: { latencySeconds: 0.3, objective: 0.99 },
    scaling: { min: 8, max: 200, leadTime: '4m', risk: 0.01 },
    cost: price(0.11, 3),
  },
};

/** The workloads file of the demo fleet: what a user would write to watch it. */
export function demoWorkloads(): WorkloadsFile {
  return {
    sources: [{ name: SOURCE, type: 'demo' }],
    workloads: Object.entries(DECLARATIONS).map(([name, declaration]) => entry(name, declaration)),
  };
}

function entry(name: string, { account, perReplica, io, slo, scenarios, scaling, cost }: Declaration): WorkloadEntry {
  const of = (series: string) => `${name}.${series}`;
  return {
    name,
    source: SOURCE,
    account,
    activity: { requests: { query: of('requests'), unit: 'reqps' } },
    resources: {
      cpu: { query: of('cpu'), unit: 'cores', perReplica: perReplica.cpu },
      memory: { query: of('memory'), unit: 'bytes', perReplica: perReplica.memory },
      [io.name]: { query: of(io.name), unit: 'Bps', ...(io.perReplica !== undefined && { perReplica: io.perReplica }) },
    },
    capacity: { replicas: { query: of('replicas') }, perReplica: DEMO_TRAITS[name]!(0).perReplica },
    slo: { ...slo, latency: { query: of('latency'), quantile: 0.99 }, errors: { query: of('errors') } },
    forecast: { nearStep: '1m', planning: { step: '1d', horizon: '90d' } },
    ...(scenarios === undefined ? {} : { scenarios: [...scenarios] }),
    scaling: { target: { kind: 'dry-run' }, mode: 'observe', ...scaling },
    cost,
  };
}

/** Reserved capacity at the price asked, committed at 60 % of it, burst (spot) at 35 %. */
function price(replicaHour: number, violationMinute: number): NonNullable<WorkloadEntry['cost']> {
  const share = (part: number) => Math.round(replicaHour * part * 1000) / 1000;
  return {
    replicaHour,
    tierReplicaHour: { committed: share(0.6), reserved: replicaHour, burst: share(0.35) },
    violationMinute,
    currency: 'USD',
  };
}
