import { HeadroomError, type ErrorCode } from '../../errors/index.ts';
import type { ScaleTarget, TargetChange, TargetSetting, TargetState } from '../../scaling/index.ts';

/** How the next calls go: as they should, refused, unknown before or after the change was made, or accepted for nothing. */
export type TargetMood = 'well' | 'refusing' | 'unreachable' | 'cut' | 'forgetful' | 'gone' | 'throttled';

/** An HPA in memory: what outlives a sidecar. */
export interface FakeHpa {
  floor: number;
  utilization: number;
  readonly max: number;
  original: TargetSetting | undefined;
  /** As Headroom set it last: what differs was set by hand, and is the owner's. */
  held?: TargetSetting | undefined;
  mark: TargetState['mark'];
  version: number;
  replicas: number | undefined;
  mood: TargetMood;
  isPaused: boolean;
  conflicts: string[];
  isSoleOwner: boolean;
  /** Every change that was made, in order. */
  readonly writes: FakeWrite[];
  onWrite?: (write: FakeWrite) => void;
}

export interface FakeWrite {
  readonly action: string;
  readonly fence: number;
  readonly set: TargetSetting | 'original';
  readonly before: TargetSetting;
  readonly after: TargetSetting;
}

export function fakeHpa(changes: Partial<FakeHpa> = {}): FakeHpa {
  return {
    floor: 2,
    utilization: 0.7,
    max: 50,
    original: undefined,
    mark: undefined,
    version: 1,
    replicas: 2,
    mood: 'well',
    isPaused: false,
    conflicts: [],
    isSoleOwner: false,
    writes: [],
    ...changes,
  };
}

/** A target on it, as one process sees it. */
export function fakeTarget(hpa: FakeHpa): ScaleTarget {
  const fail = (code: ErrorCode): never => {
    throw new HeadroomError(code, { target: 'fake', reason: hpa.mood, timeout: '1s' });
  };
  const ownersOf = (): TargetSetting => {
    const { original, held, floor, utilization } = hpa;
    return {
      floor: original === undefined || (held !== undefined && held.floor !== floor) ? floor : original.floor,
      utilization:
        original?.utilization === undefined || (held !== undefined && held.utilization !== utilization)
          ? utilization
          : original.utilization,
    };
  };
  const isEdited = (): boolean =>
    hpa.original !== undefined &&
    hpa.held !== undefined &&
    (hpa.held.floor !== hpa.floor || hpa.held.utilization !== hpa.utilization);
  const read = (): TargetState => ({
    setting: { floor: hpa.floor, utilization: hpa.utilization },
    original: ownersOf(),
    isHeld: hpa.original !== undefined,
    ceiling: hpa.max,
    ...(hpa.replicas === undefined ? {} : { replicas: hpa.replicas }),
    ...(hpa.mark === undefined ? {} : { mark: hpa.mark }),
    version: String(hpa.version),
    ...(hpa.isPaused ? { paused: { out: true, in: true, reason: 'paused by its owner' } } : {}),
    isSoleOwner: hpa.isSoleOwner,
    conflicts: isEdited() ? ['it was set by hand', ...hpa.conflicts] : hpa.conflicts,
  });
  return {
    kind: 'fake',
    name: 'fake hpa',
    ability: { reads: true, tunesUtilization: true, isExperimental: false },
    async read() {
      await Promise.resolve();
      if (hpa.mood === 'unreachable' || hpa.mood === 'gone') {
        fail(hpa.mood === 'gone' ? 'TARGET_GONE' : 'TARGET_UNREACHABLE');
      }
      return read();
    },
    async preview(change) {
      await Promise.resolve();
      const to = change.set === 'original' ? read().original : change.set;
      return {
        differences: to.floor === hpa.floor ? [] : [{ path: 'spec.minReplicas', before: hpa.floor, after: to.floor }],
        dryRun: { kind: 'accepted', message: '' },
        warnings: [],
      };
    },
    async apply(change: TargetChange) {
      await Promise.resolve();
      if (hpa.mood === 'unreachable' || hpa.mood === 'throttled' || hpa.mood === 'refusing' || hpa.mood === 'gone') {
        fail(
          hpa.mood === 'unreachable'
            ? 'TARGET_UNREACHABLE'
            : hpa.mood === 'throttled'
              ? 'TARGET_THROTTLED'
              : hpa.mood === 'gone'
                ? 'TARGET_GONE'
                : 'TARGET_REFUSED'
        );
      }
      if (hpa.mark?.action === change.action || hpa.mood === 'forgetful') {
        return;
      }
      if (hpa.mark !== undefined && change.fence < hpa.mark.fence) {
        fail('TARGET_FENCED');
      }
      if (change.set === 'original' && hpa.original === undefined) {
        return;
      }
      if (change.expectedVersion !== undefined && change.expectedVersion !== String(hpa.version)) {
        fail('TARGET_CONFLICT');
      }
      const { original } = read();
      const to = change.set === 'original' ? original : { ...original, ...change.set };
      if (to.floor > hpa.max || (to.floor < original.floor && !hpa.isSoleOwner)) {
        fail('TARGET_REFUSED');
      }
      const before = { floor: hpa.floor, utilization: hpa.utilization };
      hpa.floor = to.floor;
      hpa.utilization = to.utilization ?? hpa.utilization;
      const after = { floor: hpa.floor, utilization: hpa.utilization };
      const isGivenBack = change.set === 'original';
      // As in a cluster, nothing of Headroom's is left where it holds nothing.
      hpa.original = isGivenBack ? undefined : original;
      hpa.held = isGivenBack ? undefined : after;
      hpa.mark = isGivenBack ? undefined : { action: change.action, fence: change.fence };
      hpa.version++;
      const write = { action: change.action, fence: change.fence, set: change.set, before, after };
      hpa.writes.push(write);
      hpa.onWrite?.(write);
      if (hpa.mood === 'cut') {
        fail('TARGET_TIMEOUT');
      }
    },
    close: () => Promise.resolve(),
  };
}
