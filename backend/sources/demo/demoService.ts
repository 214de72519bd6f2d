import { latticeNoise, layeredNoise, noiseKey } from './latticeNoise.ts';

/** A series of the demo fleet: its value at any instant, NaN where it was not measured. */
export type DemoSeries = (timeSeconds: number) => number;

/** What makes a service of the demo fleet: all its series follow from these. */
export interface DemoTraits {
  /** Requests a second, without noise. */
  readonly demand: DemoSeries;
  /** Share of the demand that is noise, 0..1. */
  readonly noise: number;
  readonly replicas: DemoSeries;
  /** Requests a second that one replica serves. */
  readonly perReplica: number;
  /** Cores that an idle replica takes, and those for a request a second. */
  readonly cpu: { readonly idle: number; readonly perRequest: number };
  /** Bytes that an idle replica takes, and those for a request a second (caches, sessions). */
  readonly memory: { readonly idle: number; readonly perRequest: number };
  readonly networkBytesPerRequest?: number;
  readonly diskBytesPerRequest?: number;
  /** Of one request on an idle replica. */
  readonly serviceSeconds: number;
  /** Whether nothing of the service is measured at an instant. */
  readonly isGap?: (timeSeconds: number) => boolean;
}

/** The series of a demo service by name: resources follow its requests with a lag and noise of their own. */
export function demoService(name: string, seed: number, traits: DemoTraits): ReadonlyMap<string, DemoSeries> {
  const key = (series: string) => noiseKey(seed, `${name}.${series}`);
  const [requestsKey, cpuKey, memoryKey] = [key('requests'), key('cpu'), key('memory')];
  const requests: DemoSeries = (t) => Math.max(0, traits.demand(t) * (1 + traits.noise * layeredNoise(requestsKey, t)));
  const load: DemoSeries = (t) => requests(t) / (traits.replicas(t) * traits.perReplica);

  const series = new Map<string, DemoSeries>([
    ['requests', requests],
    [
      'cpu',
      (t) =>
        (traits.replicas(t) * traits.cpu.idle + traits.cpu.perRequest * meanBefore(requests, t, 30, 120, 3)) *
        (1 + 0.05 * layeredNoise(cpuKey, t)),
    ],
    [
      'memory',
      (t) =>
        (traits.replicas(t) * traits.memory.idle +
          traits.memory.perRequest * meanBefore(traits.demand, t, 0, 14_400, 9)) *
        (1 + 0.015 * latticeNoise(memoryKey, t, 7200)),
    ],
    ['latency', (t) => latencySeconds(traits.serviceSeconds, load(t)) * (1 + 0.08 * layeredNoise(key('latency'), t))],
    ['errors', (t) => 0.0004 * (1 + 0.5 * layeredNoise(key('errors'), t)) + Math.max(0, 1 - 1 / load(t))],
  ]);
  for (const [kind, bytes] of [
    ['network', traits.networkBytesPerRequest],
    ['disk', traits.diskBytesPerRequest],
  ] as const) {
    if (bytes !== undefined) {
      series.set(kind, (t) => bytes * meanBefore(requests, t, 0, 60, 2) * (1 + 0.06 * layeredNoise(key(kind), t)));
    }
  }
  const { isGap } = traits;
  if (isGap !== undefined) {
    for (const [kind, value] of [...series]) {
      series.set(kind, (t) => (isGap(t) ? Number.NaN : value(t)));
    }
  }
  // The cluster counts its replicas by itself, whatever the service's own measurements do.
  return series.set('replicas', traits.replicas);
}

/** Mean of `count` values from `lagSeconds + spanSeconds` to `lagSeconds` ago. */
function meanBefore(series: DemoSeries, t: number, lagSeconds: number, spanSeconds: number, count: number): number {
  let sum = 0;
  for (let i = 0; i < count; i++) {
    sum += series(t - lagSeconds - (spanSeconds * i) / (count - 1));
  }
  return sum / count;
}

/** A 0.99 quantile that stays flat up to about 70 % load and then climbs steeply, as queues do. */
function latencySeconds(serviceSeconds: number, load: number): number {
  const busy = Math.min(load, 1.2);
  return serviceSeconds * (1 + (3 * busy ** 6) / Math.max(0.04, 1.06 - busy));
}
