import { demoService, type DemoSeries, type DemoTraits } from './demoService.ts';
import { hashUniform, noiseKey } from './latticeNoise.ts';
import { bell, growth, hourOfDay, mondayBefore, sinceCron, weekly } from './rhythm.ts';

const MIB = 2 ** 20;
const KIB = 2 ** 10;

/** Requests a second that the search service's ranking replica serves. */
const SEARCH_PER_REPLICA = 20;
const SEARCH_GROWTH = 0.05;
const SIGNUP_GROWTH = 0.05;

/** The traits of each workload of the demo fleet, by name. */
export const DEMO_TRAITS: Readonly<Record<string, (seed: number) => DemoTraits>> = {
  // Daily and weekly: lunch and evening, more at weekends.
  checkout: () => ({
    demand: (t) => {
      const hour = hourOfDay(t, 1);
      const day = 110 + 420 * bell(hour, 12.5, 2.6) + 640 * bell(hour, 20, 2.4);
      return day * weekly(t, [1.22, 0.92, 0.9, 0.96, 1, 1.06, 1.2], 1);
    },
    noise: 0.08,
    replicas: () => 30,
    perReplica: 50,
    cpu: { idle: 0.08, perRequest: 0.026 },
    memory: { idle: 900 * MIB, perRequest: 14 * MIB },
    networkBytesPerRequest: 38 * KIB,
    serviceSeconds: 0.04,
  }),
  // Growing: office hours, and more every week; someone raises the replicas on Mondays.
  'signup-api': () => ({
    demand: (t) => signupShape(t) * growth(t, SIGNUP_GROWTH),
    noise: 0.12,
    replicas: (t) => Math.ceil((92 * growth(mondayBefore(t), SIGNUP_GROWTH)) / 0.72 / 12),
    perReplica: 12,
    cpu: { idle: 0.05, perRequest: 0.055 },
    memory: { idle: 420 * MIB, perRequest: 9 * MIB },
    networkBytesPerRequest: 12 * KIB,
    serviceSeconds: 0.06,
  }),
  // Bursty: cron jobs on the quarter hour, on the hour, and three campaigns a day.
  notifications: (seed) => ({
    demand: (t) => {
      const daytime = 0.25 + bell(hourOfDay(t, -5), 14, 4.5);
      const quarter = 45 * Math.exp(-sinceCron(t, 900) / 150);
      const hourly = 120 * daytime * Math.exp(-sinceCron(t, 3600) / 240);
      return 14 + quarter + hourly + campaign(seed, t);
    },
    noise: 0.15,
    replicas: () => 15,
    perReplica: 60,
    cpu: { idle: 0.04, perRequest: 0.011 },
    memory: { idle: 300 * MIB, perRequest: 1.5 * MIB },
    networkBytesPerRequest: 9 * KIB,
    serviceSeconds: 0.09,
  }),
  // Batch at night: a plateau from about one o'clock on, longer after Sunday and at the turn of the month.
  etl: (seed) => ({
    demand: (t) => 1.2 + 88 * batchWindow(seed, t),
    noise: 0.07,
    replicas: () => 12,
    perReplica: 10,
    cpu: { idle: 0.1, perRequest: 0.28 },
    memory: { idle: 1500 * MIB, perRequest: 150 * MIB },
    diskBytesPerRequest: 2.4 * MIB,
    serviceSeconds: 1.8,
  }),
  // Idle: a few readers in office hours.
  'internal-wiki': () => ({
    demand: (t) => {
      const office = bell(hourOfDay(t, 1), 11, 2.8) + 0.6 * bell(hourOfDay(t, 1), 15.5, 1.8);
      return 0.25 + 1.6 * office * weekly(t, [0.08, 1, 1.05, 1, 0.95, 0.8, 0.08], 1);
    },
    noise: 0.3,
    replicas: () => 3,
    perReplica: 20,
    cpu: { idle: 0.05, perRequest: 0.04 },
    memory: { idle: 700 * MIB, perRequest: 20 * MIB },
    diskBytesPerRequest: 60 * KIB,
    serviceSeconds: 0.12,
  }),
  // With gaps: devices report all day long, their collector loses minutes and sometimes an hour.
  'iot-gateway': (seed) => ({
    demand: (t) => 880 * (1 + 0.09 * bell(hourOfDay(t, 8), 13, 5)) * weekly(t, [0.96, 1, 1, 1.01, 1, 1, 0.97], 8),
    noise: 0.04,
    replicas: () => 10,
    perReplica: 130,
    cpu: { idle: 0.12, perRequest: 0.0085 },
    memory: { idle: 650 * MIB, perRequest: 3 * MIB },
    networkBytesPerRequest: 2 * KIB,
    serviceSeconds: 0.015,
    isGap: (t) => isIotGap(seed, t),
  }),
  // Soon short: what Monday's replicas serve is less than the evening asks for, and it grows all week.
  search: () => ({
    demand: (t) => searchShape(t) * growth(t, SEARCH_GROWTH),
    noise: 0.05,
    replicas: (t) => Math.floor((0.94 * SEARCH_PEAK * growth(mondayBefore(t), SEARCH_GROWTH)) / SEARCH_PER_REPLICA),
    perReplica: SEARCH_PER_REPLICA,
    cpu: { idle: 0.1, perRequest: 0.07 },
    memory: { idle: 1800 * MIB, perRequest: 22 * MIB },
    networkBytesPerRequest: 24 * KIB,
    serviceSeconds: 0.05,
  }),
};

/** The series of one workload of the fleet, by name; the same for the same seed, whenever and however they are read. */
export function demoSeries(seed: number): ReadonlyMap<string, DemoSeries> {
  const all = new Map<string, DemoSeries>();
  for (const [name, traits] of Object.entries(DEMO_TRAITS)) {
    for (const [kind, series] of demoService(name, seed, traits(seed))) {
      all.set(`${name}.${kind}`, series);
    }
  }
  return all;
}

const SEARCH_PEAK = 340;

function searchShape(t: number): number {
  const hour = hourOfDay(t, 9);
  return SEARCH_PEAK * (0.38 + 0.26 * bell(hour, 12, 2.2) + 0.62 * bell(hour, 20.5, 2.8));
}

function signupShape(t: number): number {
  const hour = hourOfDay(t, -5);
  const day = 14 + 70 * bell(hour, 11, 2.4) + 52 * bell(hour, 16, 2.2);
  return day * weekly(t, [0.35, 1, 1.06, 1.05, 1, 0.9, 0.4], -5);
}

function campaign(seed: number, t: number): number {
  const key = noiseKey(seed, 'notifications.campaign');
  let sum = 0;
  for (const [atHour, size] of [
    [13, 420],
    [17, 330],
    [23, 480],
  ] as const) {
    const since = sinceCron(t, 86_400, atHour * 3600);
    const day = Math.round((t - since) / 86_400);
    sum += size * (0.8 + 0.4 * hashUniform(key, day * 24 + atHour)) * Math.exp(-since / 480);
  }
  return sum;
}

function batchWindow(seed: number, t: number): number {
  const since = sinceCron(t, 86_400, 0.75 * 3600);
  const day = Math.floor((t - since) / 86_400);
  const date = new Date((t - since) * 1000);
  const jitter = hashUniform(noiseKey(seed, 'etl.start'), day) * 1200;
  const extra = (date.getUTCDay() === 0 ? 2700 : 0) + (date.getUTCDate() <= 2 ? 4500 : 0);
  const length = 11_000 + extra + hashUniform(noiseKey(seed, 'etl.length'), day) * 1800;
  const rise = (since - jitter) / 600;
  const fall = (jitter + length - since) / 900;
  return Math.max(0, Math.min(1, rise, fall));
}

function isIotGap(seed: number, t: number): boolean {
  const slot = Math.floor(t / 300);
  if (hashUniform(noiseKey(seed, 'iot-gateway.slot'), slot) < 0.012) {
    return true;
  }
  const day = Math.floor(t / 86_400);
  const outage = (of: string) => hashUniform(noiseKey(seed, `iot-gateway.${of}`), day);
  const start = day * 86_400 + outage('start') * 72_000;
  return outage('outage') < 0.45 && t >= start && t < start + 1200 + outage('length') * 9000;
}
