import {
  PluginExtensionTypes,
  type AppPlugin,
  type PluginExtensionAddedLinkConfig,
  type PluginExtensionEventHelpers,
  type PluginExtensionLink,
  type PluginMeta,
} from '@grafana/data';

interface RegisteredLink {
  readonly pluginId: string;
  readonly config: PluginExtensionAddedLinkConfig;
}

const registered: RegisteredLink[] = [];

/** Registers an app's links. One that plugin.json doesn't declare too is refused, as Grafana refuses it. */
export function registerLinks(meta: PluginMeta, plugin: AppPlugin): void {
  for (const config of plugin.addedLinkConfigs) {
    const isDeclared = (meta.extensions?.addedLinks ?? []).some(
      ({ title, targets }) =>
        title === config.title && [config.targets].flat().every((t) => [targets].flat().includes(t))
    );
    if (isDeclared) {
      registered.push({ pluginId: meta.id, config });
    } else {
      console.error(
        `The link "${config.title}" isn't declared in plugin.json's extensions.addedLinks: it is not shown`
      );
    }
  }
}

/** The links for an extension point, each configured for the context; one whose `configure` answers nothing is left out. */
export function pluginLinks(extensionPointId: string, context?: object): PluginExtensionLink[] {
  return registered.flatMap(({ pluginId, config }, index) => {
    if (![config.targets].flat().includes(extensionPointId)) {
      return [];
    }
    const overrides = config.configure === undefined ? {} : config.configure(context);
    if (overrides === undefined) {
      return [];
    }
    const link = { ...config, ...overrides };
    const helpers: PluginExtensionEventHelpers = {
      context,
      extensionPointId,
      openModal: () => console.error('The workbench opens no modal for a link'),
      openSidebar: () => undefined,
      closeSidebar: () => undefined,
      toggleSidebar: () => undefined,
    };
    return [
      {
        id: `${pluginId}-${index}`,
        type: PluginExtensionTypes.link,
        pluginId,
        title: link.title,
        description: link.description ?? '',
        path: link.path,
        icon: link.icon,
        group: link.group,
        openInNewTab: link.openInNewTab,
        onClick: link.onClick === undefined ? undefined : (event?: React.MouseEvent) => link.onClick?.(event, helpers),
      },
    ];
  });
}
