import { randomUUID } from 'node:crypto';
import { accessSync, constants, mkdirSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { availableParallelism, hostname } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { FastifyInstance } from 'fastify';
import { pino } from 'pino';
import packageJson from '../package.json' with { type: 'json' };
import type { RunningSidecar, ServeOptions } from './commands/index.ts';
import { readEnvironment, type Environment } from './config/index.ts';
import {
  Acting,
  Champions,
  ConfigKeeper,
  CpuShare,
  createScheduler,
  createSimulationThreads,
  createWorkerCompute,
  Experiments,
  decisionOfRole,
  Fleet,
  HEADROOM,
  Jobs,
  KpiKeeper,
  LastActions,
  RequestActing,
  learningStand,
  ModelKeeper,
  Proposals,
  Retraining,
  ScenarioShelf,
  scalingStand,
  scheduleRanges,
  Shadows,
  Simulator,
  tuneInThread,
  Tuner,
  type FleetEvent,
  type RangeName,
} from './control/index.ts';
import { HeadroomError } from './errors/index.ts';
import {
  actingRoutes,
  requestRoutes,
  appRoutes,
  createKedaServer,
  createPeople,
  createServer,
  createSidecarMetrics,
  decisionRoutes,
  experimentRoutes,
  isWorkbenchBuilt,
  jobRoutes,
  kpiRoutes,
  metricsRoute,
  modelRoutes,
  prometheusRoutes,
  reportRoute,
  scenarioRoutes,
  sourceRoutes,
  simulationRoutes,
  statusOf,
  type KedaServer,
  type Readiness,
  workbenchRoutes,
  workloadScenariosRoute,
} from './http/index.ts';
import { createSource, demoWorkloads } from './sources/index.ts';
import { openPostgresStorage, openThreadedStorage, sqliteBytes } from './storage/index.ts';
import { createRequestTarget, createTarget, targetPlace } from './targets/index.ts';

const PRUNE_INTERVAL_MS = 3_600_000;
const KEPT_ERRORS = 50;
const KEDA_LOOK_MS = 5000;
const ACTING_TURN_MS = 15_000;
const KPI_TURN_MS = 60_000;
const RETRAINING_LOOK_MS = 30_000;

/** The composition root: reads the configuration, builds every room, starts them; `close` stops them in turn. */
export async function startSidecar(options: ServeOptions): Promise<RunningSidecar> {
  const environment = readEnvironment(options.env);
  const logger = pino(
    { level: environment.logLevel, base: null, timestamp: pino.stdTimeFunctions.isoTime },
    options.log as never
  );
  const nowSeconds = () => Date.now() / 1000;
  const startedAt = nowSeconds();
  const errors: FleetEvent[] = [];

  ensureWritable(environment.dataDirectory);
  const storage = await (environment.databaseUrl === undefined
    ? openThreadedStorage({ directory: environment.dataDirectory })
    : openPostgresStorage(environment.databaseUrl));
  const metrics = createSidecarMetrics(packageJson.version);
  const tunedFolder = join(environment.dataDirectory, 'models');
  const compute = createWorkerCompute(Math.max(1, availableParallelism() - 1), {
    shipped: fileURLToPath(new URL('../models/', import.meta.url)),
    tuned: tunedFolder,
  });
  const event = (told: FleetEvent): void => {
    metrics.event(told);
    logger[told.level]({ what: told.what, workload: told.workload, code: told.code, ...told.details }, told.message);
    if (told.level !== 'info') {
      errors.unshift(told);
      errors.length = Math.min(errors.length, KEPT_ERRORS);
    }
  };
  const fleet: Fleet = new Fleet({
    storage,
    compute,
    nowSeconds,
    mode: (config) => acting.consent.modeOf(config),
    risk: (config) => experiments.riskOf(config),
    tested: (config) => experiments.testedOf(config),
    scaling: (config) => scalingStand(acting, lastActions, config),
    learning: (config) => standOf(config.name),
    shadows: {
      fitted: (...told) => {
        shadows.fitted(...told);
      },
      issued: (...told) => {
        shadows.issued(...told);
      },
      measured: (...told) => {
        shadows.measured(...told);
      },
      leashes: (config) => shadows.leashes(config),
      benched: (...told) => {
        shadows.benched(...told);
      },
    },
    scenario: (name) => scenarios.find(name),
    createSource: (entry) =>
      createSource(entry, {
        env: options.env,
        nowSeconds,
        random: Math.random,
        ...(options.configFile === null ? {} : { directory: dirname(resolve(options.configFile)) }),
      }),
    hooks: {
      ...metrics.hooks,
      onDrift: (workload, verdict) => {
        retraining
          .onDrift(workload, verdict)
          .then((isNew) => (isNew ? fleet.refit(workload) : undefined))
          .catch((error: unknown) => {
            logger.error({ err: error }, 'a drift could not be followed');
          });
      },
      event,
    },
  });
  const lastActions = new LastActions(storage, HEADROOM);
  const acting: Acting = new Acting({
    storage,
    fleet,
    nowSeconds,
    createTarget: (config) => {
      const place = targetPlace(config);
      if (place === undefined) {
        throw new HeadroomError('ACTING_NO_TARGET', { workload: config.name });
      }
      return createTarget(place, {
        env: options.env,
        nowSeconds,
        random: Math.random,
        ...(options.configFile === null ? {} : { directory: dirname(resolve(options.configFile)) }),
        log: (message) => {
          logger.info({ what: 'dry-run', workload: config.name }, message);
        },
      });
    },
    hooks: { event },
    holder: `${hostname()}/${randomUUID()}`,
    onApplied: (recommendation, answer) => fleet.answer(recommendation, 'applied', answer),
    onAction: ({ kind, outcome }) => {
      metrics.action(kind, outcome);
    },
  });
  const experiments: Experiments = new Experiments({
    storage,
    workload: (name) => fleet.workload(name),
    modeOf: (config) => acting.consent.modeOf(config),
    isPaused: (workload) => {
      const pause = acting.consent.pauseOf(workload);
      return pause.out || pause.in;
    },
    targetOf: (workload) => acting.view(workload)?.state,
    rolesOf: (workload, name) => champions.rolesOf(workload, name),
    isFitted: (workload, name, version) => shadows.isFitted(workload, name, version),
    nowSeconds,
    createId: randomUUID,
    hooks: { event },
  });
  const kpis = new KpiKeeper({
    storage,
    fleet,
    hooks: { event },
    utilizationOf: (workload) => acting.view(workload)?.state?.original.utilization,
  });
  const scenarios: ScenarioShelf = new ScenarioShelf({ storage, nowSeconds, workloads: () => fleet.configs() });
  const models = new ModelKeeper(() => compute.models());
  const jobs = new Jobs({ nowSeconds, createId: randomUUID });
  const simulate = createSimulationThreads(Math.max(1, availableParallelism() - 1));
  const simulator = new Simulator({
    jobs,
    simulate,
    scenario: (name) => scenarios.find(name),
    monotonicSeconds: () => performance.now() / 1000,
  });
  const proposals = new Proposals({ simulator, storage, nowSeconds, createId: randomUUID });
  const { learning } = environment;
  const background = (share: number): CpuShare => new CpuShare({ share, cores: availableParallelism(), nowSeconds });
  const trainingCpu = background(learning.trainingShare);
  const shadowCpu = background(learning.shadowShare);
  const champions = new Champions({
    modelsFolder: tunedFolder,
    models: () => models.now(),
    nowSeconds,
    onChanged: async (workload) => {
      await models.now();
      await fleet.refit(workload, true);
    },
    record: async (change) => {
      await storage.appendDecision(decisionOfRole(change, randomUUID()));
    },
    onEvent: event,
  });
  const shadows: Shadows = new Shadows({
    ...{ champions, compute, nowSeconds, onEvent: event, cpu: shadowCpu },
    modelsFolder: tunedFolder,
    promotion: learning.promotion,
  });
  const standOf = (workload: string) =>
    learningStand(champions.known(workload), shadows.trials(workload), retraining.records(workload));
  const tuner = new Tuner({
    jobs,
    modelsFolder: tunedFolder,
    workFolder: join(environment.dataDirectory, 'tuning'),
    workload: (name) => fleet.workload(name),
    models: () => models.now(),
    tune: tuneInThread,
    nowSeconds,
    createId: randomUUID,
    onBegin: (workload, name) => champions.settle(workload, name),
    onKept: async (workload, { name, version, reason }) => {
      await champions.enter(workload, name, version ?? '', reason);
      await models.now();
    },
    onOver: (outcome) => {
      metrics.training(outcome.kind);
      retraining.onOver(outcome).catch((error: unknown) => {
        logger.error({ err: error }, 'how a training ended could not be kept');
      });
    },
    onEvent: event,
  });
  const retraining: Retraining = new Retraining({
    modelsFolder: tunedFolder,
    intervalSeconds: learning.retrainSeconds,
    workloads: () => fleet.configs(),
    names: () => [...new Set(models.last.shipped.map(({ name }) => name))],
    isOnTrial: async (workload, name) => (await champions.rolesOf(workload, name)).challenger !== null,
    start: (name, workload, wish) => tuner.start(name, workload, wish),
    isTraining: () =>
      jobs.list().some(({ kind, state }) => kind === 'train' && (state === 'running' || state === 'queued')),
    cpu: trainingCpu,
    nowSeconds,
    onEvent: event,
  });
  const scheduler = createScheduler((name) => metrics.turn('day', () => fleet.cycle(name)), nowSeconds);
  const rangeScheduler = (range: RangeName) =>
    createScheduler(
      (name) => metrics.turn(range, () => fleet.turnRange(name, range)),
      nowSeconds,
      (name) => fleet.againSeconds(name, range)
    );
  const rangeSchedulers = { near: rangeScheduler('near'), planning: rangeScheduler('planning') };
  const requests = new RequestActing({
    acting,
    storage,
    nowSeconds,
    view: (workload) => fleet.workload(workload),
    createTarget: (config) => createRequestTarget(config, { env: options.env }),
    hooks: { event },
  });
  const keeper = new ConfigKeeper({
    file: options.configFile,
    demo: demoWorkloads(),
    storage,
    nowSeconds,
    apply: async (config) => {
      const fresh = await fleet.configure(config);
      scheduler.schedule(
        fleet.configs().map(({ name, forecast }) => ({ name, stepSeconds: forecast.stepSeconds })),
        fresh
      );
      scheduleRanges(rangeSchedulers, fleet.configs(), fresh);
      await acting.configure(config);
      await requests.configure(config);
    },
    onEvent: (level, message) => {
      logger[level]({ what: 'config' }, message);
    },
    record: async ({ what, workload, who, before, after }) => {
      const entry = { what, workload, who, before, after, why: [], outcome: 'done' };
      await storage.appendDecision({ id: randomUUID(), at: nowSeconds(), ...entry });
    },
  });
  metrics.watchState(() => {
    const bytes = storage.kind === 'sqlite' ? sqliteBytes({ directory: environment.dataDirectory }) : undefined;
    const { kind } = storage;
    return {
      config: keeper.state,
      learning: {
        trainingCpuSeconds: trainingCpu.spentSeconds,
        shadowCpuSeconds: shadowCpu.spentSeconds,
        due: retraining.due,
      },
      storage: { kind, problem: fleet.storageProblem ?? null, ...(bytes === undefined ? {} : { bytes }) },
    };
  });
  const prune = setInterval(() => {
    storage.prune(nowSeconds()).catch((error: unknown) => {
      logger.error({ err: error }, 'pruning failed');
    });
  }, PRUNE_INTERVAL_MS);
  prune.unref();
  const act = setInterval(() => {
    acting
      .turn()
      .then(() => requests.turn())
      .then(() => lastActions.refresh())
      .catch((error: unknown) => {
        logger.error({ err: error }, 'a turn of acting failed');
      });
    experiments.turn().catch((error: unknown) => {
      logger.error({ err: error }, 'a look at the tests failed');
    });
    proposals.settle().catch((error: unknown) => {
      logger.error({ err: error }, 'what people proposed could not be looked through');
    });
  }, ACTING_TURN_MS);

  const retrain = setInterval(() => {
    retraining.turn().catch((error: unknown) => {
      logger.error({ err: error }, 'a look at what is to be trained again failed');
    });
  }, RETRAINING_LOOK_MS);
  retrain.unref();

  const reckon = setInterval(() => {
    kpis.turn().catch((error: unknown) => {
      logger.error({ err: error }, 'figures could not be reckoned');
    });
  }, KPI_TURN_MS);

  let server: FastifyInstance | undefined;
  let keda: KedaServer | undefined;
  const stop = async () => {
    await jobs.close();
    await simulate.close();
    await keda?.close();
    await server?.close();
    clearInterval(prune);
    clearInterval(act);
    clearInterval(reckon);
    await kpis.close();
    clearInterval(retrain);
    await requests.close();
    await acting.close();
    keeper.stop();
    scheduler.stop();
    rangeSchedulers.near.stop();
    rangeSchedulers.planning.stop();
    await fleet.close();
    await compute.close();
    await storage.close();
  };

  try {
    const folders = {
      page: fileURLToPath(new URL('../workbench/dist', import.meta.url)),
      plugin: fileURLToPath(new URL('../dist', import.meta.url)),
    };
    const hasWorkbench = isWorkbenchBuilt(folders);
    const people = createPeople(environment, {
      nowSeconds,
      onFailure: (error) => {
        logger.warn({ what: 'identity', err: error }, "Grafana's signing keys could not be had");
      },
    });
    const access = {
      tokens: environment.tokens,
      isReadPublic: options.isReadPublic,
      ...(people === undefined ? {} : { people }),
    };
    server = await createServer({
      access,
      version: packageJson.version,
      logger,
      routes: [
        ...appRoutes({
          fleet,
          storage,
          status: () =>
            statusOf({
              fleet,
              config: keeper.state,
              storage,
              scheduler,
              acting,
              rangeSchedulers,
              models: models.last,
              errors,
              startedAtSeconds: startedAt,
              version: packageJson.version,
            }),
          versionOf: (name) => keeper.versionOf(name),
          putWorkload: (name, definition, request) => keeper.put(name, definition, request),
          deleteWorkload: async (name, request) => {
            await keeper.delete(name, request);
            await tuner.forget(name);
            champions.forget(name);
            shadows.forget(name);
            retraining.forget(name);
          },
        }),
        ...requestRoutes({ acting, fleet, requests }),
        ...actingRoutes({
          acting,
          fleet,
          storage,
          proposals,
          createId: randomUUID,
          onFailure: (error) => {
            logger.error({ err: error }, 'an approval of many failed');
          },
          onRecorded: ({ what, workload, who, why, outcome }) => {
            metrics.action(what, outcome);
            logger.info({ what: 'scaling', workload: workload ?? 'all', who, why }, `${what} by ${who}`);
          },
        }),
        ...decisionRoutes({ storage, nowSeconds }),
        ...experimentRoutes({ experiments, nowSeconds }),
        ...kpiRoutes({ kpis, nowSeconds }),
        reportRoute({ storage, nowSeconds }),
        ...jobRoutes(jobs, nowSeconds),
        ...scenarioRoutes(scenarios, nowSeconds),
        ...sourceRoutes({ fleet, monotonicSeconds: () => performance.now() / 1000 }),
        workloadScenariosRoute(fleet),
        ...simulationRoutes({ simulator, workload: (name) => fleet.workload(name) }),
        ...modelRoutes({
          models: () => models.now(),
          ...{ tuner, champions, nowSeconds, promotion: learning.promotion },
          stand: standOf,
          workloads: () => fleet.workloads(),
        }),
      ],
      readiness: () => readiness(fleet, keeper.state.loadedAtSeconds !== null),
      plugins: [
        (app) => prometheusRoutes(app, { fleet, access, version: packageJson.version }),
        (app) => metricsRoute(app, { fleet, access, metrics }),
        ...(hasWorkbench ? [(app: FastifyInstance) => workbenchRoutes(app, folders)] : []),
      ],
    });
    await keeper.load();
    for (const name of await scenarios.load()) {
      const message = `The stored scenario ${name} cannot be read and is left out`;
      event({ atSeconds: nowSeconds(), level: 'warn', what: 'scenarios', message });
    }
    const address = await listen(server, environment);
    if (environment.keda !== undefined) {
      const { host, port, tls } = environment.keda;
      keda = createKedaServer({
        fleet,
        access,
        ...(tls === undefined ? {} : { tls }),
        isReady: () => readiness(fleet, keeper.state.loadedAtSeconds !== null).isReady,
        watch: (look) => {
          const timer = setInterval(look, KEDA_LOOK_MS);
          return () => {
            clearInterval(timer);
          };
        },
        onFailure: (error) => {
          logger.error({ what: 'keda', err: error }, 'a call of KEDA failed');
        },
      });
      const bound = await keda.listen(host, port);
      logger.info({ what: 'keda', host, port: bound }, 'the external scaler listens');
    }
    await acting.restore();
    await experiments.restore();
    await lastActions.refresh();
    await keeper.start();
    await tuner.resume();
    // The status tells of tuned models once they are read, which nobody waits for.
    models.now().catch((error: unknown) => {
      logger.error({ err: error }, 'the models could not be read');
    });
    logger.info({ what: 'start', url: address, instance: randomUUID() }, 'Headroom has started');
    return {
      url: address,
      hasWorkbench,
      close: async () => {
        await stop();
        logger.info({ what: 'stop' }, 'Headroom has stopped');
      },
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

function ensureWritable(directory: string): void {
  try {
    mkdirSync(directory, { recursive: true });
    accessSync(directory, constants.W_OK);
  } catch (cause) {
    throw new HeadroomError('DATA_DIRECTORY_UNWRITABLE', { directory, reason: (cause as Error).message }, { cause });
  }
}

async function listen(server: FastifyInstance, { host, port }: Environment): Promise<string> {
  try {
    await server.listen({ host, port });
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException;
    if (code === 'EADDRINUSE' || code === 'EACCES' || code === 'EADDRNOTAVAIL') {
      throw new HeadroomError(
        code === 'EADDRINUSE' ? 'PORT_TAKEN' : 'LISTEN_FAILED',
        { host, port, reason: code },
        { cause }
      );
    }
    throw cause;
  }
  const { port: bound, address, family } = server.server.address() as AddressInfo;
  const shown = family === 'IPv6' ? `[${address}]` : address;
  return `http://${shown}:${bound}`;
}

/**
 * Ready when every workload has been foreseen at least once, or has said why not. A storage that is away is told of and
 * takes nothing out of service: what the loop holds is served.
 */
function readiness(fleet: Fleet, isInForce: boolean): Readiness {
  const waiting = fleet.workloads().filter((view) => view.health.state === 'starting');
  const reasons = [
    ...(isInForce ? [] : ['no configuration is in force yet']),
    ...waiting.slice(0, 10).map((view) => `${view.config.name}: ${view.health.problem ?? 'starting'}`),
    ...(waiting.length > 10 ? [`and ${waiting.length - 10} more workloads`] : []),
  ];
  const unkept = 'storage: the last write was not kept; GET /api/v1/status tells why';
  return {
    isReady: reasons.length === 0,
    reasons: [...reasons, ...(fleet.storageProblem === undefined ? [] : [unkept])],
  };
}
