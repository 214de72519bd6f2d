import { PERMISSIONS, type Permission } from './permissions';

/** The app's proxy routes: each asks for a permission and sends the token of its own. */
export type ProxyRoute = 'sidecar' | 'propose' | 'approve' | 'scale' | 'admin';

/** The permission without which Grafana's proxy lets nothing through on a route. */
export function permissionOf(route: ProxyRoute): Permission {
  return route === 'sidecar' ? PERMISSIONS.read : PERMISSIONS[route];
}
