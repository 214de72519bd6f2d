import { PluginExtensionPoints, type PluginExtensionPanelContext } from '@grafana/data';
import { usePluginLinks } from '@grafana/runtime';
import { Menu } from '@grafana/ui';
import React from 'react';

/** A panel's menu with the links that apps registered for it. */
export function PanelMenu({ context }: { readonly context: PluginExtensionPanelContext }) {
  const { links } = usePluginLinks({ extensionPointId: PluginExtensionPoints.DashboardPanelMenu, context });
  return (
    <Menu>
      {links.map(({ id, title, path, icon, onClick, openInNewTab }) => (
        <Menu.Item
          key={id}
          label={title}
          icon={icon ?? 'plug'}
          url={path}
          target={openInNewTab === true ? '_blank' : undefined}
          onClick={onClick}
        />
      ))}
      {links.length === 0 && <Menu.Item label="No app has a link here" disabled />}
    </Menu>
  );
}
