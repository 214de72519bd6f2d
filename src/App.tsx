import React, { createElement, lazy, Suspense, useMemo, type ComponentType } from 'react';
import type { AppRootProps } from '@grafana/data';
import { LoadingPlaceholder } from '@grafana/ui';
import { Navigate, Route, Routes } from 'react-router-dom';
import type { AppSettings } from './configuration/appSettings';
import { overviewUrl } from './routes';
import { Allowed } from './pages/Allowed';
import { PAGE_ROUTES, PAGES } from './pages/loadPage';
import { StatusProvider } from './acting/statusContext';
import { AppStateContext, appStateOf } from './states/appState';

const pages = new Map(Object.entries(PAGES).map(([name, load]) => [name, createElement(lazy<ComponentType>(load))]));

/** Which page stands at which address. */
export default function App({ meta }: AppRootProps<AppSettings>) {
  const state = useMemo(() => appStateOf(meta), [meta]);
  return (
    <AppStateContext.Provider value={state}>
      <StatusProvider>
        <Suspense fallback={<LoadingPlaceholder text="" />}>
          <Allowed>
            <Routes>
              {PAGE_ROUTES.map(({ path, page }) => (
                <Route key={path} path={path} element={pages.get(page)} />
              ))}
              <Route index element={<Navigate replace to={overviewUrl()} />} />
              <Route path="*" element={pages.get('notFound')} />
            </Routes>
          </Allowed>
        </Suspense>
      </StatusProvider>
    </AppStateContext.Provider>
  );
}
