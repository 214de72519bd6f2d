import { PluginContextProvider } from '@grafana/data';
import { locationSearchToObject } from '@grafana/runtime';
import React from 'react';
import { useLocation } from 'react-router';
import { PLUGIN_ID } from '../pluginId.ts';
import { type HostedPlugin } from './hostedPlugin.ts';

/** The app's root page under `/a/<plugin id>/*`, with the props Grafana gives it. */
export function AppHost({ app, meta }: HostedPlugin) {
  const location = useLocation();
  const Root = app.root;
  if (Root === undefined) {
    return <p>The app has no root page.</p>;
  }
  return (
    <PluginContextProvider meta={meta}>
      <Root
        meta={meta}
        basename={`/a/${PLUGIN_ID}`}
        onNavChanged={() => undefined}
        query={locationSearchToObject(location.search)}
        path={location.pathname}
      />
    </PluginContextProvider>
  );
}
