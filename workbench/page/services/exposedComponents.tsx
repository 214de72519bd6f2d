import { PluginContextProvider, type AppPlugin, type AppPluginMeta } from '@grafana/data';
import React from 'react';

const exposed = new Map<string, React.ComponentType<object>>();

/** Registers what an app exposes. One that plugin.json doesn't declare too is refused, as Grafana refuses it. */
export function registerExposed(meta: AppPluginMeta, plugin: AppPlugin): void {
  for (const { id, title, component } of plugin.exposedComponentConfigs) {
    const isDeclared = (meta.extensions?.exposedComponents ?? []).some(
      (each) => each.id === id && each.title === title
    );
    if (!isDeclared) {
      console.error(
        `The component "${id}" isn't declared in plugin.json's extensions.exposedComponents: it is not shown`
      );
      continue;
    }
    const Component = component as React.ComponentType<object>;
    exposed.set(id, (props: object) => (
      <PluginContextProvider meta={meta}>
        <Component {...props} />
      </PluginContextProvider>
    ));
  }
}

/** A component by its id; null where no app exposes it. */
export function exposedComponent(id: string): React.ComponentType<object> | null {
  return exposed.get(id) ?? null;
}
