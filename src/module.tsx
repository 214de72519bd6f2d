import React, { lazy, Suspense } from 'react';
import { AppPlugin, type AppPluginMeta, type AppRootProps, type PluginConfigPageProps } from '@grafana/data';
import { locationService } from '@grafana/runtime';
import { LoadingPlaceholder } from '@grafana/ui';
import type { AppSettings } from './configuration/appSettings';
import { alertForecast } from './links/alertForecast';
import { forecastThisPanel } from './links/forecastThisPanel';
import { forecastThisQuery } from './links/forecastThisQuery';
import { paletteLinks } from './links/paletteLinks';
import type { WorkloadForecastProps } from './exposed/WorkloadForecast';
import { fetchPage } from './pages/loadPage';
import { PLUGIN_ID } from './routes';

const LazyApp = lazy(async () => {
  fetchPage(locationService.getLocation().pathname);
  const [{ initTranslations }, app] = await Promise.all([import('./translations'), import('./App')]);
  await initTranslations();
  return app;
});

const LazyConfiguration = lazy(async () => {
  const [{ initTranslations }, page] = await Promise.all([
    import('./translations'),
    import('./configuration/Configuration'),
  ]);
  await initTranslations();
  return page;
});

const LazyWorkloadForecast = lazy(async () => {
  const [{ initTranslations }, component] = await Promise.all([
    import('./translations'),
    import('./exposed/WorkloadForecast'),
  ]);
  await initTranslations();
  return component;
});

const App = (props: AppRootProps<AppSettings>) => (
  <Suspense fallback={<LoadingPlaceholder text="" />}>
    <LazyApp {...props} />
  </Suspense>
);

const Configuration = (props: PluginConfigPageProps<AppPluginMeta<AppSettings>>) => (
  <Suspense fallback={<LoadingPlaceholder text="" />}>
    <LazyConfiguration {...props} />
  </Suspense>
);

const WorkloadForecast = (props: WorkloadForecastProps) => (
  <Suspense fallback={<LoadingPlaceholder text="" />}>
    <LazyWorkloadForecast {...props} />
  </Suspense>
);

export const plugin = new AppPlugin<AppSettings>()
  .setRootPage(App)
  .addConfigPage({ title: 'Configuration', icon: 'cog', id: 'configuration', body: Configuration })
  .addLink(forecastThisPanel)
  .addLink(forecastThisQuery)
  .addLink(alertForecast)
  .exposeComponent({
    id: `${PLUGIN_ID}/workload-forecast/v1`,
    title: 'Forecast of a workload',
    description: 'What was measured of a workload, what is coming as bands, and its capacity',
    component: WorkloadForecast,
  });

for (const link of paletteLinks) {
  plugin.addLink(link);
}
