import type { FastifyInstance } from 'fastify';
import type { SourceEntry, WorkloadsFile } from '../contract/index.ts';
import {
  ConfigKeeper,
  createInlineCompute,
  createScheduler,
  Fleet,
  type FleetEvent,
  type WorkloadView,
} from './control/index.ts';
import type { HistorySource } from './forecasting/index.ts';
import {
  appRoutes,
  createServer,
  createSidecarMetrics,
  metricsRoute,
  prometheusRoutes,
  statusOf,
} from './http/index.ts';
import { createSource } from './sources/index.ts';
import { openSqliteStorage, type Storage } from './storage/index.ts';

/** A whole sidecar in this process: every room is the real one, but time stands still until the test moves it. */
export interface VirtualSidecar {
  nowSeconds: number;
  readonly fleet: Fleet;
  readonly storage: Storage;
  readonly app: FastifyInstance;
  /** What the loop told, oldest first. */
  readonly events: FleetEvent[];
  /** One turn of these workloads (all where none is named), models fitted. */
  turn(...workloads: readonly string[]): Promise<void>;
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
    createSource: (entry) => (options.createSource ?? sourceWithoutWaits)(entry, nowSeconds),
    hooks: { ...metrics.hooks, event: (event) => events.push(event) },
  });
  const keeper = new ConfigKeeper({
    file: null,
    demo: options.declared,
    storage,
    nowSeconds,
    apply: (config) => fleet.configure(config),
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
      errors: events.filter(({ level }) => level !== 'info').toReversed(),
      startedAtSeconds: options.nowSeconds,
      version: '0.0.0',
    });
  const app = await createServer({
    access,
    version: '0.0.0',
    logger: false,
    readiness: () => ({ isReady: true, reasons: [] }),
    routes: appRoutes({
      fleet,
      storage,
      status,
      putWorkload: (name, definition) => keeper.put(name, definition),
      deleteWorkload: (name) => keeper.delete(name),
    }),
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
    events,
    async turn(...workloads) {
      const names = workloads.length > 0 ? workloads : fleet.configs().map(({ name }) => name);
      await Promise.all(names.map((name) => fleet.cycle(name)));
      await Promise.all(names.map((name) => fleet.settled(name)));
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
