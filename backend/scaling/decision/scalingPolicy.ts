import type { ScaleLimits } from '../../../contract/index.ts';

export type Direction = 'out' | 'in';

/** A time in which nothing is changed, in one direction or in both. */
export interface FreezeWindow {
  readonly name: string;
  readonly startSeconds: number;
  /** Not included. */
  readonly endSeconds: number;
  readonly direction: Direction | 'both';
}

/** What a workload's operator lets Headroom do. */
export interface ScalingPolicy {
  readonly min: number;
  readonly max: number;
  readonly leadTimeSeconds: number;
  /** How fast the floor may change; absent: as fast as it likes. */
  readonly limits?: ScaleLimits;
  /** So long after a change nothing is changed in that direction. */
  readonly cooldown: { readonly outSeconds: number; readonly inSeconds: number };
  /** The floor is lowered no further than to the most that was wished for within so many seconds. */
  readonly stabilizationSeconds: number;
  /** A floor is lowered only by at least this share of it, or to the bottom. */
  readonly worth: number;
  readonly freezes: readonly FreezeWindow[];
  /** What the floor may cost an hour, and what one replica does; absent: no bound. */
  readonly budget?: { readonly costHourly: number; readonly replicaHour: number };
  /** May the autoscaler's utilisation target be relaxed to `utilization` while a fresh floor carries the risk? */
  readonly tuning?: { readonly utilization: number };
  /** A floor without a fresh forecast is held so long, then given back. */
  readonly handBackSeconds: number;
  /** How busy replicas may be where nothing but Headroom scales them in. */
  readonly reactiveUtilization: number;
  /** So many workloads of the fleet, as a share, may be lowered within `windowSeconds`; one always may. */
  readonly blastRadius: { readonly share: number; readonly windowSeconds: number };
}
