import { checkWorkloadsFile, type Config } from '../../../backend/config/index.ts';
import {
  Acting,
  createInlineCompute,
  Fleet,
  nextTurnSeconds,
  type FleetEvent,
  type FleetHooks,
} from '../../../backend/control/index.ts';
import { fakeHpa, fakeTarget } from '../../../backend/control/acting/fakeTarget.fixture.ts';
import { silentHooks } from '../../../backend/control/fakeWorld.fixture.ts';
import type { PolicyRun, ReplayService } from '../../../backend/replay/index.ts';
import { needOf } from '../../../backend/replay/needOf.ts';
import { replicasForLatest, reactiveController } from '../../../backend/replay/policies/reactiveHpa.ts';
import { replayClock } from '../../../backend/replay/replayClock.ts';
import { replicaStack } from '../../../backend/scaling/index.ts';
import { openSqliteStorage } from '../../../backend/storage/index.ts';
import type { Series } from '../../../backend/timeseries/index.ts';
import { NO_GUARDRAILS } from './guardrails.ts';
import { traceSource } from './traceSource.ts';

const WORKLOAD = 'shop';
const ENOUGH_SECONDS = 1e-6;

export interface LoopPlay {
  /** The whole trace; the product has seen its first `firstRow` rows and acts from there on. */
  readonly trace: Series;
  readonly firstRow: number;
  readonly service: ReplayService;
  /** The `scaling` and `forecast` of the workloads file, over those that the replay has. */
  readonly scaling?: object;
  readonly forecast?: object;
}

export interface LoopRun extends PolicyRun {
  /** Floors and utilisation targets that stood, `[tick]`. */
  readonly floors: Int32Array;
  readonly utilizations: Float64Array;
  /** How often each reason had a say in a turn's decision, by its code. */
  readonly reasons: ReadonlyMap<string, number>;
  readonly writes: number;
  readonly events: readonly FleetEvent[];
}

/** The workloads file of a service, in `auto`, with the guardrails that a replay has: none. */
export function loopConfig({ service, scaling, forecast }: Omit<LoopPlay, 'trace' | 'firstRow'>): Config {
  const checked = checkWorkloadsFile(
    {
      sources: [{ name: 'trace', type: 'demo' }],
      workloads: [
        {
          name: WORKLOAD,
          activity: { requests: { query: 'requests' } },
          capacity: { replicas: { query: 'replicas' }, perReplica: service.perReplica },
          forecast: { step: '5m', horizon: '24h', history: '7d', model: 'seasonal-naive', nearStep: '1m', ...forecast },
          scaling: {
            target: { kind: 'dry-run' },
            mode: 'auto',
            min: service.min,
            max: service.max,
            leadTime: `${String(service.startSeconds)}s`,
            risk: service.risk,
            tuneTarget: true,
            relaxedUtilization: relaxedUtilization(service),
            ...NO_GUARDRAILS,
            ...scaling,
          },
        },
      ],
    },
    'file'
  );
  if (!checked.isValid) {
    throw new Error(JSON.stringify(checked));
  }
  return checked.value;
}

/** As the replay relaxes it: below the tolerance as long as all demand is served. */
function relaxedUtilization({ hpa }: ReplayService): number {
  return Math.max(hpa.targetUtilization, 1 / (1 - hpa.tolerance));
}

/**
 * The product's own loop in virtual time above a simulated cluster: the fleet's turns at its schedule, a look of the acting
 * part every sync, and an HPA in memory whose floor and target it sets.
 */
export async function playLoop(play: LoopPlay): Promise<LoopRun> {
  const { trace, firstRow, service } = play;
  const config = loopConfig(play);
  const workload = config.workloads[0]!;
  const clock = replayClock(trace, firstRow, service);
  const last = trace.values.subarray(0, firstRow).findLast((value) => !Number.isNaN(value)) ?? 0;
  const outset = needOf(last / service.hpa.targetUtilization, service);
  const startSeconds = clock.secondsAt(0);
  let now = startSeconds;
  const nowSeconds = () => now;
  const readyAt = readyOverTime(startSeconds, service.hpa.syncSeconds, outset);
  const hpa = fakeHpa({
    floor: service.min,
    utilization: service.hpa.targetUtilization,
    max: service.max,
    replicas: outset,
  });
  const events: FleetEvent[] = [];
  const hooks: FleetHooks = silentHooks({ event: (event) => events.push(event) });
  const storage = await openSqliteStorage({ file: ':memory:' });
  const fleet = new Fleet({
    storage,
    compute: createInlineCompute(() => 0),
    hooks,
    nowSeconds,
    createSource: () =>
      traceSource({ nowSeconds, lagSeconds: service.metricLagSeconds, demand: trace, readyAt: readyAt.at }),
    mode: () => 'auto',
  });
  const acting = new Acting({
    storage,
    fleet,
    nowSeconds,
    createTarget: () => fakeTarget(hpa),
    hooks,
    holder: 'loop',
    onApplied: () => Promise.resolve(),
  });
  await fleet.configure(config);
  await acting.restore();
  await acting.configure(config);

  const day = async () => {
    await fleet.cycle(WORKLOAD);
    await fleet.settled(WORKLOAD);
  };
  const near = () => fleet.turnRange(WORKLOAD, 'near');
  const turns = [
    { turn: day, stepSeconds: workload.forecast.stepSeconds, dueSeconds: now, again: () => undefined },
    {
      turn: near,
      stepSeconds: workload.forecast.near?.intervalSeconds ?? Number.POSITIVE_INFINITY,
      dueSeconds: now,
      again: () => fleet.againSeconds(WORKLOAD, 'near'),
    },
  ];
  const turnUntil = async (seconds: number) => {
    for (;;) {
      const next = turns.reduce((first, each) => (each.dueSeconds < first.dueSeconds ? each : first));
      if (next.dueSeconds > seconds) {
        return;
      }
      now = next.dueSeconds;
      await next.turn();
      next.dueSeconds = Math.min(
        nextTurnSeconds({ name: WORKLOAD, stepSeconds: next.stepSeconds }, now + ENOUGH_SECONDS),
        now + (next.again() ?? Number.POSITIVE_INFINITY)
      );
    }
  };

  const controller = reactiveController(service, outset);
  let stack = replicaStack(service.startSeconds, outset);
  const [desired, floors] = [new Int32Array(clock.tickCount), new Int32Array(clock.tickCount)];
  const utilizations = new Float64Array(clock.tickCount);
  const [desiredAtRow, readyAtRow] = [new Int32Array(clock.rowCount), new Int32Array(clock.rowCount)];
  const reasons = new Map<string, number>();
  let row = 0;
  try {
    for (let tick = 0; tick < clock.tickCount; tick++) {
      const seconds = clock.secondsAt(tick);
      await turnUntil(seconds);
      now = seconds;
      await acting.turn();
      for (const { code } of acting.view(WORKLOAD)?.decision?.reasons ?? []) {
        reasons.set(code, (reasons.get(code) ?? 0) + 1);
      }
      const recommended = replicasForLatest(trace.values, clock.knownAt(tick), stack.desired, service, hpa.utilization);
      const decided = controller.sync(now, stack.desired, recommended, {
        min: Math.min(service.max, hpa.floor),
        max: service.max,
      });
      if (tick === 0) {
        stack = replicaStack(service.startSeconds, decided);
      }
      stack.decide(now, decided);
      hpa.replicas = decided;
      readyAt.note(stack.readyAt(now));
      desired[tick] = decided;
      floors[tick] = hpa.floor;
      utilizations[tick] = hpa.utilization;
      for (; row < clock.rowCount && clock.tickOf(firstRow + row) === tick; row++) {
        desiredAtRow[row] = decided;
        readyAtRow[row] = stack.readyAt(clock.rowSeconds(firstRow + row));
      }
    }
  } finally {
    await fleet.close();
    await acting.close();
    await storage.close();
  }
  return { desired, desiredAtRow, readyAtRow, floors, utilizations, reasons, writes: hpa.writes.length, events };
}

/** The replicas that served at each sync; before the first, those of the outset. */
function readyOverTime(startSeconds: number, syncSeconds: number, outset: number) {
  const counts: number[] = [];
  return {
    note: (count: number) => {
      counts.push(count);
    },
    at: (seconds: number): number =>
      seconds < startSeconds ? outset : (counts[Math.floor((seconds - startSeconds) / syncSeconds)] ?? Number.NaN),
  };
}
