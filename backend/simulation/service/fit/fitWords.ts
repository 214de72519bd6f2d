import { short } from './capacityFit.ts';
import type { ServiceFit } from './serviceFit.ts';

const BASES = { latency: 'latency', errors: 'failures', utilization: 'the use of cpu' } as const;

/** A fit in one sentence for people: the figure, how sure it is and what it rests on, or why there is none. */
export function fitWords(fit: ServiceFit): string {
  if (fit.kind === 'unknown') {
    return `perReplica cannot be learnt yet: ${fit.reason}`;
  }
  const [low, high] = fit.range;
  return (
    `perReplica is learnt from ${BASES[fit.basis]}: ${short(fit.perReplica)} (90 %: ${short(low)} to ${short(high)}), ` +
    `from ${String(fit.pointCount)} instants; the curve misses by ${short(100 * fit.fitError)} %; ` +
    `the highest load seen was ${short(fit.highestLoad)} a replica`
  );
}
