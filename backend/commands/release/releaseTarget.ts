import type { RequestSetting, ScaleTarget, TargetState } from '../../scaling/index.ts';

/** What became of one target. */
export type Release =
  | {
      readonly target: string;
      readonly outcome: 'released';
      /** Floors, or requests. */
      readonly from: number | RequestSetting;
      readonly to: number | RequestSetting;
    }
  | { readonly target: string; readonly outcome: 'kept'; readonly reason: string };

export interface ReleaseOptions {
  /** Only what stands beyond its time; otherwise whatever is held. */
  readonly isExpiredOnly: boolean;
  readonly nowSeconds: number;
  /** The id of the action; a new one for each target. */
  readonly action: string;
  readonly signal: AbortSignal;
}

/**
 * Gives a target back as its owner set it, where Headroom holds it.
 *
 * It expects the version that it read: a hold that is renewed at the same moment stays. Errors: as of `ScaleTarget`.
 */
export async function releaseTarget(target: ScaleTarget, options: ReleaseOptions): Promise<Release> {
  const { name } = target;
  if (!target.ability.reads) {
    return { target: name, outcome: 'kept', reason: 'it cannot be read, so nobody knows what it holds' };
  }
  const state = await target.read(options.signal);
  const reason = reasonToKeep(state, options);
  if (reason !== undefined) {
    return { target: name, outcome: 'kept', reason };
  }
  await target.apply(
    {
      action: options.action,
      // The watchdog speaks for the holder that is gone, and never over one that took its place.
      fence: state.mark?.fence ?? 0,
      set: 'original',
      ...(state.version === undefined ? {} : { expectedVersion: state.version }),
      holdUntilSeconds: options.nowSeconds,
      reason: options.isExpiredOnly ? 'nobody renewed what was held' : 'released by hand',
    },
    options.signal
  );
  return { target: name, outcome: 'released', from: state.setting.floor, to: state.original.floor };
}

function reasonToKeep(
  { isHeld, holdUntilSeconds, isSoleOwner, setting, original }: TargetState,
  { isExpiredOnly, nowSeconds }: ReleaseOptions
): string | undefined {
  if (!isHeld) {
    return 'Headroom holds nothing there';
  }
  if (!isExpiredOnly) {
    return undefined;
  }
  if (isSoleOwner && original.floor < setting.floor) {
    return `nothing else scales it: ${String(setting.floor)} replicas stay until somebody looks`;
  }
  if (holdUntilSeconds === undefined) {
    return 'it does not tell until when it is held';
  }
  return holdUntilSeconds > nowSeconds
    ? `it is held until ${new Date(holdUntilSeconds * 1000).toISOString()}`
    : undefined;
}
