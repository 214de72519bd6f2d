import type { Scalability } from '../scalability.ts';
import type { Variability } from '../variability.ts';

/** What the past says of a service's capacity, or why it does not say enough. */
export type ServiceFit = FittedService | UnknownService;

export interface FittedService {
  readonly kind: 'fitted';
  /** Units of demand that one ready replica serves within the objective. */
  readonly perReplica: number;
  /** Its central 90 % interval, from leaving out an eighth of the past at a time. */
  readonly range: readonly [low: number, high: number];
  /** The standard error of `perReplica` as a share of it. */
  readonly relativeError: number;
  readonly basis: 'latency' | 'errors' | 'utilization';
  /** The typical distance of the curve from what was measured, as a share of it. */
  readonly fitError: number;
  /** The instants that it rests on. */
  readonly pointCount: number;
  /** The highest load of a replica that was seen (99 % of the time below). */
  readonly highestLoad: number;
  /** How a replica works, where latency shows it. */
  readonly workers?: {
    readonly workersPerReplica: number;
    readonly serviceSeconds: number;
    readonly variability: Variability;
  };
  /** How replicas slow each other down, where the use of the processors shows it. */
  readonly scalability?: Scalability;
}

export interface UnknownService {
  readonly kind: 'unknown';
  readonly pointCount: number;
  /** In words, for people. */
  readonly reason: string;
}
