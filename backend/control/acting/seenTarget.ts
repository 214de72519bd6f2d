import type { TargetSetting, TargetState } from '../../scaling/index.ts';

/** A target as it was just looked at. */
export type SeenTarget =
  { readonly kind: 'read'; readonly state: TargetState } | { readonly kind: 'unread'; readonly error: unknown };

/** A stored setting as a target takes it. */
export function settingOf({ floor, utilization }: { floor: number; utilization?: number | undefined }): TargetSetting {
  return utilization === undefined ? { floor } : { floor, utilization };
}
