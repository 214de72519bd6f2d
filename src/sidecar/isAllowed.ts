import { hasPermission } from '@grafana/runtime';
import type { Permission } from './permissions';

/** Whether Grafana grants this person a permission; what a button shows by, while proxy and sidecar decide. */
export function isAllowed(permission: Permission): boolean {
  return hasPermission(permission);
}
