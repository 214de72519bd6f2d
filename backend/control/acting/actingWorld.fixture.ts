import assert from 'node:assert/strict';
import type { Recommendation } from '../../../contract/index.ts';
import { checkWorkloadsFile, type Config } from '../../config/index.ts';
import type { ScaleTarget } from '../../scaling/index.ts';
import { openSqliteStorage, type Storage } from '../../storage/index.ts';
import type { FleetEvent, FleetView, WorkloadView } from '../index.ts';
import { Acting, type ActingDeps } from './acting.ts';
import type { TimeGrid } from '../../timeseries/index.ts';
import { fakeHpa, fakeTarget, type FakeHpa } from './fakeTarget.fixture.ts';

const STEP = 60;
const HORIZON = 24 * 60;
export const EPOCH = 1_790_000_040;

/** A workload as its forecast sees it, moved by hand; times are virtual. */
export interface ActingWorld {
  now: number;
  /** What the forecast asks for, now and for the day. */
  floor: number;
  /** Measured demand, in replicas that it keeps fully busy; NaN is not measured. */
  need: number;
  health: WorkloadView['health'];
  drift: number | undefined;
  /** The policy that a test tries now. */
  tested?: 'hpa' | 'headroom-floor-only' | undefined;
  /** Whether a model foresees anything. */
  hasForecast: boolean;
  /** How the source lies of late. */
  lie: 'zeros' | 'frozen' | undefined;
  historySeconds: number;
  readonly hpa: FakeHpa;
  readonly storage: Storage;
  readonly events: FleetEvent[];
  readonly acting: Acting;
  readonly recommendation: () => Recommendation;
  readonly view: () => WorkloadView;
  /** What follows where a recommendation was carried out. */
  onApplied: ActingDeps['onApplied'];
  /** A sidecar started anew on the same storage and target; the one before is as if it had been killed. */
  restart(): Promise<ActingWorld>;
  /** So many turns, 15 s apart. */
  turns(count: number): Promise<void>;
}

export function actingConfig(scaling: object = {}, names: readonly string[] = ['shop']): Config {
  const checked = checkWorkloadsFile(
    {
      sources: [{ name: 'fake', type: 'demo' }],
      workloads: names.map((name) => ({
        name,
        activity: { requests: { query: 'requests' } },
        capacity: { replicas: { query: 'replicas' }, perReplica: 10 },
        forecast: { step: '1m', horizon: '24h', history: '1d' },
        scaling: {
          target: { kind: 'dry-run' },
          mode: 'auto',
          leadTime: '3m',
          min: 2,
          max: 40,
          minHistory: '1d',
          ...scaling,
        },
      })),
    },
    'file'
  );
  assert.ok(checked.isValid, JSON.stringify(checked));
  return checked.value;
}

/** A world in which a floor of 10 is asked for, 8 replicas are needed, and an HPA stands at 2. */
export async function actingWorld(
  config: Config = actingConfig(),
  kept?: {
    readonly storage: Storage;
    readonly hpa: FakeHpa;
    readonly now: number;
    readonly holder: string;
    readonly target?: ScaleTarget;
    /** One for each workload of the configuration. */
    readonly hpas?: ReadonlyMap<string, FakeHpa>;
  }
): Promise<ActingWorld> {
  const storage = kept?.storage ?? (await openSqliteStorage({ file: ':memory:' }));
  const hpa = kept?.hpa ?? fakeHpa();
  const events: FleetEvent[] = [];
  const workload = config.workloads[0]!;
  const fleet: FleetView = {
    nowSeconds: () => world.now,
    workloads: () => [viewOf(world, workload)],
    workload: (name) => {
      const found = config.workloads.find((each) => each.name === name);
      return found && viewOf(world, found);
    },
    pastOutlooks: () => Promise.resolve([]),
  };
  const holder = kept?.holder ?? 'one';
  const world: ActingWorld = {
    now: kept?.now ?? EPOCH,
    floor: 10,
    need: 8,
    health: { state: 'ok', problem: null, lastSuccessAt: EPOCH },
    drift: undefined,
    hasForecast: true,
    lie: undefined,
    historySeconds: 20 * 86_400,
    hpa,
    storage,
    events,
    acting: new Acting({
      storage,
      fleet,
      nowSeconds: () => world.now,
      createTarget: ({ name }) => kept?.target ?? fakeTarget(kept?.hpas?.get(name) ?? hpa),
      hooks: { event: (event) => events.push(event) },
      holder,
      onApplied: (...applied) => world.onApplied(...applied),
    }),
    recommendation: () => recommendationOf(world),
    view: () => viewOf(world, workload),
    onApplied: () => Promise.resolve(),
    restart: async () => {
      const again = await actingWorld(config, { storage, hpa, now: world.now, holder: `${holder}+` });
      Object.assign(again, {
        floor: world.floor,
        need: world.need,
        health: world.health,
        drift: world.drift,
        historySeconds: world.historySeconds,
      });
      return again;
    },
    turns: async (count) => {
      for (let turn = 0; turn < count; turn++) {
        await world.acting.turn();
        world.now += 15;
      }
    },
  };
  await world.acting.restore();
  await world.acting.configure(config);
  return world;
}

const COUNTS = new Map<number, Float64Array>();

/** The same array for the same count: thousands of looks make none anew. */
function counts(value: number): Float64Array {
  const known = COUNTS.get(value) ?? new Float64Array(HORIZON).fill(value);
  COUNTS.set(value, known);
  return known;
}

function viewOf(world: ActingWorld, config: WorkloadView['config']): WorkloadView {
  const start = Math.floor(world.now / STEP) * STEP;
  const grid = { startSeconds: start, stepSeconds: STEP, length: HORIZON };
  const past = { startSeconds: start - 30 * STEP, stepSeconds: STEP, length: 31 };
  const requests = Float64Array.from({ length: past.length }, (_, index) => {
    const isLate = index >= past.length - 6;
    const value = world.need * 10 - (index % 3) * 1e-3;
    return !isLate || world.lie === undefined ? value : world.lie === 'zeros' ? 0 : world.need * 10 + 0.5;
  });
  return {
    config,
    mode: 'auto',
    health: world.health,
    actual: new Map([['requests', { grid: past, values: requests }]]),
    replicas: { grid: past, values: new Float64Array(past.length).fill(world.hpa.replicas ?? Number.NaN) },
    ...(world.hasForecast ? foreseen(world, config, start, grid) : {}),
    accuracy: [],
    ...(world.drift === undefined ? {} : { drift: world.drift }),
    ...(world.tested === undefined ? {} : { tested: { setting: { policy: world.tested }, isInForce: true } }),
    warnings: [],
  };
}

function foreseen(
  world: ActingWorld,
  config: WorkloadView['config'],
  start: number,
  grid: TimeGrid
): Pick<WorkloadView, 'outlook' | 'recommendation'> {
  return {
    outlook: {
      workload: config.name,
      issuedAtSeconds: start,
      cutoffSeconds: start,
      grid,
      series: [],
      replicas: { committed: counts(world.floor), reserved: counts(0), total: counts(world.floor), burst: counts(0) },
      warnings: [],
    } as unknown as NonNullable<WorkloadView['outlook']>,
    recommendation: recommendationOf(world),
  };
}

function recommendationOf({ now, floor, hpa, historySeconds }: ActingWorld): Recommendation {
  const expectation = {
    replicaHours: 1,
    cost: null,
    shortfallProbability: 0,
    shortfallMinutes: 0,
    firstShortfallAt: null,
  };
  return {
    id: `r${String(floor)}`,
    workload: 'shop',
    state: 'proposed',
    createdAt: now,
    expiresAt: now + 3600,
    action: floor < (hpa.replicas ?? 0) ? 'lower' : 'raise',
    current: { replicas: hpa.replicas ?? null },
    proposed: { replicas: floor },
    plan: {
      name: 'plan',
      replicas: [
        { at: now, count: Math.min(floor, hpa.replicas ?? floor) },
        { at: now + 180, count: floor },
      ],
    },
    tiers: { committed: floor, reserved: 0, total: floor, burst: 0 },
    expected: { current: expectation, proposed: expectation },
    risk: 0.01,
    leadTimeSeconds: 180,
    currency: 'USD',
    confidence: { level: 'high', historySeconds, coverage80: null },
    reasons: [],
    warnings: [],
    seed: 1,
    pathCount: 1,
  };
}
