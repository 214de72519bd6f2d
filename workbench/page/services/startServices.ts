import { setTimeZoneResolver, standardEditorsRegistry, standardFieldConfigEditorRegistry } from '@grafana/data';
import { initPluginTranslations } from '@grafana/i18n';
import {
  config,
  locationService,
  setAppEvents,
  setBackendSrv,
  setChromeHeaderHeightHook,
  setCurrentUser,
  setDataSourceSrv,
  setEchoSrv,
  setLocationSrv,
  setPluginComponentHook,
  setPluginComponentsHook,
  setPluginFunctionsHook,
  setPluginLinksHook,
  setReturnToPreviousHook,
  setTemplateSrv,
} from '@grafana/runtime';
import { setGetObservablePluginComponents } from '@grafana/runtime/dist/esm/services/pluginExtensions/getObservablePluginComponents.mjs';
import { setGetObservablePluginLinks } from '@grafana/runtime/dist/esm/services/pluginExtensions/getObservablePluginLinks.mjs';
import type React from 'react';
import { of } from 'rxjs';
import { appEvents } from './appEvents.ts';
import { exposedComponent } from './exposedComponents.tsx';
import { pluginLinks } from './pluginLinks.ts';
import { standardEditors, standardFieldConfig } from './standardFieldConfig.ts';
import { WorkbenchBackendSrv } from './workbenchBackendSrv.ts';
import { WorkbenchDataSourceSrv } from './workbenchDataSourceSrv.ts';
import { WorkbenchTemplateSrv } from './workbenchTemplateSrv.ts';

/** Sets what Grafana sets before it loads a plugin: the services that @grafana/runtime hands on, and translations. */
export async function startServices(): Promise<void> {
  setBackendSrv(new WorkbenchBackendSrv());
  setDataSourceSrv(new WorkbenchDataSourceSrv());
  setTemplateSrv(new WorkbenchTemplateSrv());
  setLocationSrv(locationService);
  setAppEvents(appEvents);
  setCurrentUser(config.bootData.user);
  setEchoSrv({ flush: () => undefined, addBackend: () => undefined, addEvent: () => undefined });
  setTimeZoneResolver(() => 'browser');
  setChromeHeaderHeightHook(() => 0);
  setReturnToPreviousHook(() => () => undefined);
  setPluginLinksHook(({ extensionPointId, context }) => ({
    isLoading: false,
    links: pluginLinks(extensionPointId, context),
  }));
  setPluginComponentsHook(() => ({ isLoading: false, components: [] }));
  setPluginComponentHook(<Props extends object>(id: string) => ({
    isLoading: false,
    component: exposedComponent(id) as React.ComponentType<Props> | null,
  }));
  setPluginFunctionsHook(() => ({ isLoading: false, functions: [] }));
  setGetObservablePluginLinks(({ extensionPointId, context }) => of(pluginLinks(extensionPointId, context)));
  setGetObservablePluginComponents(() => of([]));
  standardEditorsRegistry.setInit(standardEditors);
  standardFieldConfigEditorRegistry.setInit(standardFieldConfig);
  await initPluginTranslations('grafana');
}
