import { PluginExtensionPoints } from '@grafana/data';
import { usePluginLinks } from '@grafana/runtime';
import { Field, LinkButton, Stack, TextArea } from '@grafana/ui';
import React, { useState } from 'react';
import { useLocation } from 'react-router';
import { SIDECAR_DATA_SOURCE } from '../services/sidecarDataSource.ts';
import { Page } from '../shell/Page.tsx';

const DEFAULT_QUERY = 'sum(headroom_actual{resource="requests"})';

/** Explore as far as links go: a query, and the actions that apps put into its toolbar. */
export function Explore() {
  const [expr, setExpr] = useState(firstQuery(useLocation().search) ?? DEFAULT_QUERY);
  const { type, uid } = SIDECAR_DATA_SOURCE;
  const { links } = usePluginLinks({
    extensionPointId: PluginExtensionPoints.ExploreToolbarAction,
    context: {
      exploreId: 'left',
      targets: [{ refId: 'A', expr, datasource: { type, uid } }],
      timeRange: { from: 'now-6h', to: 'now' },
      timeZone: 'browser',
    },
  });
  return (
    <Page
      pageNav={{ text: 'Explore' }}
      actions={
        <Stack direction="row" gap={1} wrap="wrap">
          {links.map(({ id, title, path, icon }) => (
            <LinkButton key={id} variant="secondary" href={path} icon={icon}>
              {title}
            </LinkButton>
          ))}
        </Stack>
      }
    >
      <Field label="Query" description="PromQL for the sidecar's data source; the workbench draws no graph of it">
        <TextArea id="explore-query" rows={4} value={expr} onChange={(event) => setExpr(event.currentTarget.value)} />
      </Field>
    </Page>
  );
}

/** The first query of an address that leads to Explore. */
function firstQuery(search: string): string | undefined {
  try {
    const panes = JSON.parse(new URLSearchParams(search).get('panes') ?? '{}') as Record<
      string,
      { readonly queries?: ReadonlyArray<{ readonly expr?: string }> }
    >;
    return Object.values(panes)[0]?.queries?.[0]?.expr;
  } catch {
    return undefined;
  }
}
