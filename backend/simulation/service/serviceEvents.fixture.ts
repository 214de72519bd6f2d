import { seededRandom, type RandomSource } from '../../random/index.ts';
import { servicePhases } from './servicePhases.ts';
import type { Variability } from './variability.ts';

export interface ServiceEvents {
  readonly servers: number;
  /** Mean seconds between arrivals. */
  readonly arrivalSeconds: number;
  readonly serviceSeconds: number;
  readonly variability: Variability;
  readonly seed: number;
  readonly count: number;
}

/** What each of `count` requests waits and takes in all, first come first served from an empty start; `[request]`. */
export function serviceEvents({ servers, arrivalSeconds, serviceSeconds, variability, seed, count }: ServiceEvents): {
  readonly arrivedSeconds: Float64Array;
  readonly waitSeconds: Float64Array;
  readonly responseSeconds: Float64Array;
} {
  const random = seededRandom(seed);
  const between = timeSource(arrivalSeconds, variability.arrivals, random);
  const service = timeSource(serviceSeconds, variability.service, random);
  const freeAt = new Float64Array(servers);
  const [arrivedSeconds, waitSeconds, responseSeconds] = [0, 1, 2].map(() => new Float64Array(count)) as [
    Float64Array,
    Float64Array,
    Float64Array,
  ];
  let now = 0;
  for (let i = 0; i < count; i++) {
    now += between();
    let first = 0;
    for (let server = 1; server < servers; server++) {
      first = freeAt[server]! < freeAt[first]! ? server : first;
    }
    const begins = Math.max(now, freeAt[first]!);
    const ends = begins + service();
    freeAt[first] = ends;
    arrivedSeconds[i] = now;
    waitSeconds[i] = begins - now;
    responseSeconds[i] = ends - now;
  }
  return { arrivedSeconds, waitSeconds, responseSeconds };
}

function timeSource(meanSeconds: number, variability: number, random: RandomSource): () => number {
  const { delaySeconds, phases } = servicePhases(meanSeconds, variability);
  return () => {
    const drawn = random();
    const phase = drawn < phases[0]!.share ? phases[0]! : phases.at(-1)!;
    return delaySeconds - phase.meanSeconds * Math.log(1 - random());
  };
}
