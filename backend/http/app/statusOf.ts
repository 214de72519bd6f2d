import type { Status } from '../../../contract/index.ts';
import type { Acting, ConfigState, Fleet, FleetEvent, RangeName, Scheduler } from '../../control/index.ts';
import type { ModelInventory } from '../../learning/index.ts';
import type { Storage } from '../../storage/index.ts';
import { sourcesOf } from './sourcesOf.ts';

export interface StatusInput {
  readonly fleet: Fleet;
  readonly config: ConfigState;
  readonly storage: Storage;
  readonly scheduler: Scheduler;
  /** None where nothing acts. */
  readonly acting?: Pick<Acting, 'leadership' | 'consent'>;
  /** None where it is absent. */
  readonly models?: ModelInventory;
  /** Those of the ranges beside the day ahead. */
  readonly rangeSchedulers?: Readonly<Record<RangeName, Scheduler>>;
  /** Newest first. */
  readonly errors: readonly FleetEvent[];
  readonly startedAtSeconds: number;
  readonly version: string;
}

/** What `GET /status` tells. */
export function statusOf(input: StatusInput): Status {
  const { fleet, config, storage, scheduler, rangeSchedulers, errors, startedAtSeconds, version } = input;
  const views = fleet.workloads();
  const models = new Map<string, number>();
  for (const series of views.flatMap((view) => view.outlook?.series ?? [])) {
    models.set(series.model, (models.get(series.model) ?? 0) + 1);
  }
  const successes = views.flatMap((view) => view.health.lastSuccessAt ?? []);
  return {
    version,
    now: fleet.nowSeconds(),
    startedAt: startedAtSeconds,
    demo: config.file === null,
    mode: {
      observe: views.filter((view) => view.mode === 'observe').length,
      approve: views.filter((view) => view.mode === 'approve').length,
      auto: views.filter((view) => view.mode === 'auto').length,
    },
    ...(input.acting === undefined ? {} : { acting: actingOf(input.acting) }),
    config: { file: config.file, loadedAt: config.loadedAtSeconds, problem: config.problem },
    sources: sourcesOf(fleet).map(({ name, type, health, workloads }) => ({ name, type, health, workloads })),
    models: [...models].map(([name, series]) => ({ name, series })).sort((a, b) => b.series - a.series),
    tunedModels: tunedModels(input.models),
    storage: { kind: storage.kind, problem: fleet.storageProblem ?? null },
    schedules: [
      {
        name: 'forecast',
        lastAt: successes.length === 0 ? null : Math.max(...successes),
        nextAt: scheduler.nextSeconds() ?? null,
      },
      ...Object.entries(rangeSchedulers ?? {}).flatMap(([name, each]) => {
        const lasts = views.flatMap((view) => view[name as RangeName]?.health.lastSuccessAt ?? []);
        const nextAt = each.nextSeconds();
        return nextAt === undefined ? [] : [{ name, lastAt: lasts.length === 0 ? null : Math.max(...lasts), nextAt }];
      }),
    ],
    errors: errors.map((event) => ({
      at: event.atSeconds,
      what: event.workload === undefined ? event.what : `${event.workload}: ${event.what}`,
      code: event.code ?? 'INTERNAL',
      message: event.message,
    })),
  };
}

function actingOf({ leadership, consent }: NonNullable<StatusInput['acting']>): NonNullable<Status['acting']> {
  return {
    kind: leadership.kind,
    holder: leadership.kind === 'waiting' ? leadership.holder : null,
    problem: leadership.kind === 'unknown' ? leadership.problem : null,
    pauses: [...consent.pauses()].map(([scope, pause]) => ({ scope, ...pause })),
  };
}

function tunedModels(models: ModelInventory | undefined): Status['tunedModels'] {
  return [...(models?.tuned ?? [])].flatMap(([workload, shelved]) =>
    shelved.filter(({ state }) => state === 'inForce').map(({ name, version }) => ({ workload, name, version }))
  );
}
