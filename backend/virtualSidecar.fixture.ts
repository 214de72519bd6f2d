import type { FastifyInstance } from 'fastify';
import type { SourceEntry, WorkloadsFile } from '../contract/index.ts';
import {
  Acting,
  ConfigKeeper,
  createInlineCompute,
  createScheduler,
  createSimulationThreads,
  Fleet,
  HEADROOM,
  Jobs,
  LastActions,
  Proposals,
  scalingStand,
  Simulator,
  type FleetEvent,
  type WorkloadView,
} from './control/index.ts';
import type { HistorySource } from './forecasting/index.ts';
import {
  actingRoutes,
  appRoutes,
  createServer,
  createSidecarMetrics,
  decisionRoutes,
  metricsRoute,
  prometheusRoutes,
  statusOf,
} from './http/index.ts';
import { BUILT_IN_SCENARIOS } from './simulation/index.ts';
import { createSource } from './sources/index.ts';
import { openSqliteStorage, type Storage } from './storage/index.ts';
import { createTarget, targetPlace } from './targets/index.ts';

/** A whole sidecar in this process: every room is the real one, but time stands still until the test moves it. */
export interface VirtualSidecar {
  nowSeconds: number;
  readonly fleet: Fleet;
  readonly storage: Storage;
  readonly app: FastifyInstance;
  readonly acting: Acting;
  /** What the loop told, oldest first. */
  readonly events: FleetEvent[];
  /** One turn of these workloads (all where none is named), models fitted. */
  turn(...workloads: readonly string[]): Promise<void>;
  /** One look at every target. */
  act(): Promise<void>;
  view(workload: string): WorkloadView;
  /** The answer's JSON, whatever its status. */
  get<T>(path: string): Promise<T>;
  close(): Promise<void>;
}

export interface VirtualSidecarOptions {
  readonly declared: WorkloadsFile;
  readonly nowSeconds: number;
  /** In memory where absent; closed with the sidecar. */
  readonly storage?: Storage;
  readonly createSource?: (entry: SourceEntry, nowSeconds: () => number) => HistorySource;
}

/** Starts one at `nowSeconds` with its configuration in force and no turn taken yet. */
export async function startVirtualSidecar(options: VirtualSidecarOptions): Promise<VirtualSidecar> {
  const storage = options.storage ?? (await openSqliteStorage({ file: ':memory:' }));
  const events: FleetEvent[] = [];
  const clock = { nowSeconds: options.nowSeconds };
  const nowSeconds = () => clock.nowSeconds;
  const metrics = createSidecarMetrics('0.0.0');
  const fleet = new Fleet({
    storage,
    compute: createInlineCompute(() => 0),
    nowSeconds,
    mode: (config) => acting.consent.modeOf(config),
    scaling: (config) => scalingStand(acting, lastActions, config),
    createSource: (entry) => (options.createSource ?? sourceWithoutWaits)(entry, nowSeconds),
    hooks: { ...metrics.hooks, event: (event) => events.push(event) },
  });
  const lastActions = new LastActions(storage, HEADROOM);
  const acting: Acting = new Acting({
    storage,
    fleet,
    nowSeconds,
    createTarget: (config) => createTarget(targetPlace(config)!, { env: {}, nowSeconds, random: () => 0.5 }),
    hooks: { event: (event) => events.push(event) },
    holder: 'virtual',
    onApplied: (recommendation, answer) => fleet.answer(recommendation, 'applied', answer),
  });
  let ids = 0;
  const createId = () => `id-${String(++ids)}`;
  const simulate = createSimulationThreads(1);
  const simulator = new Simulator({
    jobs: new Jobs({ nowSeconds, createId }),
    simulate,
    scenario: (name) => BUILT_IN_SCENARIOS.find((each) => each.name === name),
    monotonicSeconds: () => 0,
  });
  const keeper = new ConfigKeeper({
    file: null,
    demo: options.declared,
    storage,
    nowSeconds,
    apply: async (config) => {
      const fresh = await fleet.configure(config);
      await acting.configure(config);
      return fresh;
    },
    onEvent: () => undefined,
  });
  await keeper.start();
  const scheduler = createScheduler(() => Promise.resolve(), nowSeconds);
  const access = { tokens: new Map(), isReadPublic: false };
  const status = () =>
    statusOf({
      fleet,
      config: keeper.state,
      storage,
      scheduler,
      acting,
      errors: events.filter(({ level }) => level !== 'info').toReversed(),
      startedAtSeconds: options.nowSeconds,
      version: '0.0.0',
    });
  const app = await createServer({
    access,
    version: '0.0.0',
    logger: false,
    readiness: () => ({ isReady: true, reasons: [] }),
    routes: [
      ...appRoutes({
        fleet,
        storage,
        status,
        versionOf: (name) => keeper.versionOf(name),
        putWorkload: (name, definition, request) => keeper.put(name, definition, request),
        deleteWorkload: (name, request) => keeper.delete(name, request),
      }),
      ...actingRoutes({
        acting,
        fleet,
        storage,
        proposals: new Proposals({ simulator, storage, nowSeconds, createId }),
        createId,
        onRecorded: () => undefined,
        onFailure: () => undefined,
      }),
      ...decisionRoutes({ storage, nowSeconds }),
    ],
    plugins: [
      (server) => prometheusRoutes(server, { fleet, access, version: '0.0.0' }),
      (server) => metricsRoute(server, { fleet, access, metrics }),
    ],
  });
  return {
    get nowSeconds() {
      return clock.nowSeconds;
    },
    set nowSeconds(value) {
      clock.nowSeconds = value;
    },
    fleet,
    storage,
    app,
    acting,
    events,
    async turn(...workloads) {
      const names = workloads.length > 0 ? workloads : fleet.configs().map(({ name }) => name);
      await Promise.all(names.map((name) => fleet.cycle(name)));
      await Promise.all(names.map((name) => fleet.settled(name)));
    },
    async act() {
      await acting.turn();
      await lastActions.refresh();
    },
    view(workload) {
      const view = fleet.workload(workload);
      if (view === undefined) {
        throw new RangeError(`there is no workload ${workload}`);
      }
      return view;
    },
    async get<T>(path: string) {
      return (await app.inject({ url: path, headers: { host: 'localhost' } })).json<T>();
    },
    async close() {
      await app.close();
      await acting.close();
      await simulate.close();
      await fleet.close();
      await storage.close();
    },
  };
}

/** The real source; what it would wait between two tries takes no time. */
function sourceWithoutWaits(entry: SourceEntry, nowSeconds: () => number): HistorySource {
  return createSource(entry, {
    env: {},
    nowSeconds,
    random: () => 0.5,
    sleep: (_seconds, signal) => (signal.aborted ? Promise.reject(signal.reason as Error) : Promise.resolve()),
  });
}
