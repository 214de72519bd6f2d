import type { TargetDifference, TargetSetting } from '../../scaling/index.ts';

/** The fields that differ between two settings, by their paths in the target's own words. */
export function settingDifferences(
  paths: { readonly floor: string; readonly utilization?: string },
  before: TargetSetting,
  after: TargetSetting
): TargetDifference[] {
  const fields = [
    { path: paths.floor, before: before.floor, after: after.floor },
    ...(paths.utilization === undefined
      ? []
      : [{ path: paths.utilization, before: before.utilization ?? null, after: after.utilization ?? null }]),
  ];
  return fields.filter((field) => field.before !== field.after);
}
