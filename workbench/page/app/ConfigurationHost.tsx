import { PluginContextProvider } from '@grafana/data';
import { locationSearchToObject } from '@grafana/runtime';
import { Alert, Box, Tab, TabContent, TabsBar } from '@grafana/ui';
import React from 'react';
import { useLocation } from 'react-router';
import { PLUGIN_ID } from '../pluginId.ts';
import { Page } from '../shell/Page.tsx';
import { type HostedPlugin } from './hostedPlugin.ts';

/** The app's configuration pages under `/plugins/<plugin id>?page=<id>`, as Grafana's plugin details show them. */
export function ConfigurationHost({ app, meta }: HostedPlugin) {
  const query = locationSearchToObject(useLocation().search);
  const pages = app.configPages ?? [];
  const shown = pages.find(({ id }) => id === query['page']) ?? pages[0];
  return (
    <PluginContextProvider meta={meta}>
      <Page pageNav={{ text: meta.name, subTitle: meta.info.description }}>
        <Alert severity="info" title="This is the workbench">
          There is no Grafana behind this page: what you save stays in this browser, the token is not kept, and the
          connection is tested against the sidecar that serves this page.
        </Alert>
        <TabsBar>
          {pages.map(({ id, title, icon }) => (
            <Tab
              key={id}
              label={title}
              icon={icon}
              active={id === shown?.id}
              href={`/plugins/${PLUGIN_ID}?page=${id}`}
            />
          ))}
        </TabsBar>
        <TabContent>
          <Box paddingTop={2}>{shown === undefined ? null : <shown.body plugin={app} query={query} />}</Box>
        </TabContent>
      </Page>
    </PluginContextProvider>
  );
}
