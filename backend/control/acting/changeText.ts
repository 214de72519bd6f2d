import type { TargetSetting } from '../../scaling/index.ts';

/** What a change changes, for people: the utilisation target only where it does. */
export function changeText(before: TargetSetting, after: TargetSetting): string {
  const floor = `floor ${String(before.floor)} -> ${String(after.floor)}`;
  return after.utilization === undefined || after.utilization === before.utilization
    ? floor
    : `${floor}, utilisation target ${String(before.utilization ?? 'none')} -> ${String(after.utilization)}`;
}
