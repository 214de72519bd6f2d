import React, { lazy, Suspense } from 'react';
import { AppPlugin, type AppPluginMeta, type AppRootProps, type PluginConfigPageProps } from '@grafana/data';
import { LoadingPlaceholder } from '@grafana/ui';
import type { AppSettings } from './configuration/appSettings';
import { forecastThisPanel } from './links/forecastThisPanel';

const LazyApp = lazy(async () => {
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

export const plugin = new AppPlugin<AppSettings>()
  .setRootPage(App)
  .addConfigPage({ title: 'Configuration', icon: 'cog', id: 'configuration', body: Configuration })
  .addLink(forecastThisPanel);
