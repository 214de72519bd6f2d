import { type PluginMeta } from '@grafana/data';
import { config } from '@grafana/runtime';

const ROLES = ['Viewer', 'Editor', 'Admin'] as const;
export type Role = (typeof ROLES)[number];

const STORAGE_KEY = 'headroom-capacity-app.workbench.role';

/** The role asked for by `?role=`, else the one of this tab, else Admin. */
export function chosenRole(): Role {
  const asked = new URLSearchParams(window.location.search).get('role');
  const known = ROLES.find((role) => role === asked);
  if (known !== undefined) {
    window.sessionStorage.setItem(STORAGE_KEY, known);
  }
  return known ?? ROLES.find((role) => role === window.sessionStorage.getItem(STORAGE_KEY)) ?? 'Admin';
}

/** Lets the person do what plugin.json grants to a role and those below it, as Grafana does. */
export function takeRole(role: Role, meta: PluginMeta): void {
  const { roles = [] } = meta as PluginMeta & { readonly roles?: readonly DeclaredRole[] };
  const granted = roles.filter(({ grants }) =>
    grants.some((grant) => ROLES.indexOf(grant as Role) <= ROLES.indexOf(role))
  );
  const actions = granted.flatMap(({ role: { permissions } }) =>
    permissions.map(({ action }) => [action, true] as const)
  );
  Object.assign(config.bootData.user, {
    orgRole: role,
    isGrafanaAdmin: role === 'Admin',
    permissions: { ...Object.fromEntries(actions), 'datasources:explore': role !== 'Viewer' },
  });
}

interface DeclaredRole {
  readonly role: { readonly permissions: ReadonlyArray<{ readonly action: string }> };
  readonly grants: readonly string[];
}
