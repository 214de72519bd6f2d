import {
  CoreApp,
  DashboardCursorSync,
  dateTime,
  getPanelOptionsWithDefaults,
  PluginContextProvider,
  type EventBus,
  type PanelPlugin,
  type PluginExtensionPanelContext,
} from '@grafana/data';
import { getTemplateSrv } from '@grafana/runtime';
import { ErrorBoundaryAlert, PanelChrome, PanelContextProvider, type PanelContext } from '@grafana/ui';
import React, { useMemo, useState } from 'react';
import { type PanelModel } from './demoPanels.ts';
import { PanelMenu } from './PanelMenu.tsx';
import { type DashboardTime } from './useDashboardTime.ts';
import { usePanelData } from './usePanelData.ts';
import { useWidth } from './useWidth.ts';

interface DashboardPanelProps {
  readonly model: PanelModel;
  readonly plugin: PanelPlugin;
  readonly time: DashboardTime;
  readonly timeZone: string;
  readonly eventBus: EventBus;
}

const HEIGHT = 320;

/** One panel on the dashboard: its queries' data and the props Grafana gives a panel, inside Grafana's own frame. */
export function DashboardPanel({ model, plugin, time, timeZone, eventBus }: DashboardPanelProps) {
  const [element, width] = useWidth<HTMLDivElement>();
  const defaults = useMemo(
    () =>
      getPanelOptionsWithDefaults({
        plugin,
        currentOptions: {},
        currentFieldConfig: { defaults: {}, overrides: [] },
        isAfterPluginChange: false,
      }),
    [plugin]
  );
  const [options, setOptions] = useState(defaults.options);
  const [fieldConfig, setFieldConfig] = useState(defaults.fieldConfig);
  const { range } = time;
  const data = usePanelData({ model, range, timeZone, maxDataPoints: width, plugin, fieldConfig });
  const panelContext: PanelContext = useMemo(
    () => ({
      eventsScope: '__global_',
      eventBus: eventBus.newScopedBus(`panel-${model.id}`, { onlyLocal: false }),
      sync: () => DashboardCursorSync.Crosshair,
      app: CoreApp.Dashboard,
      canAddAnnotations: () => false,
      canEditAnnotations: () => false,
      canDeleteAnnotations: () => false,
    }),
    [eventBus, model.id]
  );
  const linkContext: PluginExtensionPanelContext = {
    pluginId: plugin.meta.id,
    id: model.id,
    title: model.title,
    timeRange: range.raw,
    timeZone,
    dashboard: { uid: 'demo', title: 'Demo dashboard', tags: [] },
    targets: model.targets.map((target) => ({ ...target, datasource: { type: 'prometheus', uid: 'headroom' } })),
    scopedVars: {},
    data,
  };
  const Panel = plugin.panel;
  return (
    <div ref={element} style={{ height: HEIGHT }}>
      {width > 0 && Panel !== null && (
        <PanelContextProvider value={panelContext}>
          <PluginContextProvider meta={plugin.meta}>
            <PanelChrome
              width={width}
              height={HEIGHT}
              title={model.title}
              loadingState={data.state}
              statusMessage={data.error?.message}
              menu={() => <PanelMenu context={linkContext} />}
            >
              {(innerWidth, innerHeight) => (
                <ErrorBoundaryAlert dependencies={[data]}>
                  <Panel
                    id={model.id}
                    data={data}
                    timeRange={range}
                    timeZone={timeZone}
                    options={options}
                    transparent={false}
                    width={innerWidth}
                    height={innerHeight}
                    fieldConfig={fieldConfig}
                    renderCounter={0}
                    title={model.title}
                    eventBus={panelContext.eventBus}
                    onOptionsChange={setOptions}
                    onFieldConfigChange={setFieldConfig}
                    replaceVariables={(text, scopedVars) => getTemplateSrv().replace(text, scopedVars)}
                    onChangeTimeRange={({ from, to }) => time.setRange({ from: dateTime(from), to: dateTime(to) })}
                  />
                </ErrorBoundaryAlert>
              )}
            </PanelChrome>
          </PluginContextProvider>
        </PanelContextProvider>
      )}
    </div>
  );
}
