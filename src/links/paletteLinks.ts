import { PluginExtensionPoints, type PluginExtensionAddedLinkConfig } from '@grafana/data';
import { overviewUrl, recommendationsUrl, scenariosUrl, setupUrl } from '../routes';
import { isAllowed } from '../sidecar/isAllowed';
import { PERMISSIONS, type Permission } from '../sidecar/permissions';

/** What the command palette finds of the app, each for whoever may go there. */
export const paletteLinks: readonly PluginExtensionAddedLinkConfig[] = [
  toPlace('Headroom: which services run short', 'Open the overview of the fleet', overviewUrl()),
  toPlace('Headroom: recommendations', 'Open what Headroom recommends', recommendationsUrl()),
  toPlace('Headroom: simulate a scenario', 'Open the scenario explorer', scenariosUrl()),
  toPlace('Headroom: add a workload', 'Forecast another service', setupUrl(), PERMISSIONS.admin),
];

function toPlace(
  title: string,
  description: string,
  path: string,
  permission: Permission = PERMISSIONS.read
): PluginExtensionAddedLinkConfig {
  return {
    title,
    description,
    targets: [PluginExtensionPoints.CommandPalette],
    path,
    icon: 'chart-line',
    configure: () => (isAllowed(permission) ? {} : undefined),
  };
}
