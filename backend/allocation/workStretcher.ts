import { replicasForWork, type Scalability } from '../simulation/index.ts';

const UNREACHABLE = 2 ** 31 - 1;

/** The replicas that do the work of so many which do not slow each other down; the largest count where none does. */
export function workStretcher(scalability: Scalability): (linear: number) => number {
  if (scalability.contention === 0 && scalability.coherence === 0) {
    return (linear) => linear;
  }
  const known = new Map<number, number>();
  return (linear) => {
    const count = known.get(linear) ?? Math.min(UNREACHABLE, replicasForWork(linear, scalability));
    known.set(linear, count);
    return count;
  };
}
