import React, { lazy, Suspense, useMemo } from 'react';
import type { AppRootProps } from '@grafana/data';
import { LoadingPlaceholder } from '@grafana/ui';
import { Navigate, Route, Routes } from 'react-router-dom';
import type { AppSettings } from './configuration/appSettings';
import { overviewUrl, ROUTES } from './routes';
import { Allowed } from './pages/Allowed';
import { StatusProvider } from './acting/statusContext';
import { AppStateContext, appStateOf } from './states/appState';

const Forecast = lazy(() => import('./pages/Forecast/Forecast'));
const Audit = lazy(() => import('./pages/Audit/Audit'));
const Experiment = lazy(() => import('./pages/Experiments/Experiment'));
const Experiments = lazy(() => import('./pages/Experiments/Experiments'));
const Models = lazy(() => import('./pages/Models/Models'));
const NewExperiment = lazy(() => import('./pages/Experiments/NewExperiment'));
const Overview = lazy(() => import('./pages/Overview/Overview'));
const Recommendation = lazy(() => import('./pages/Recommendations/Recommendation'));
const Recommendations = lazy(() => import('./pages/Recommendations/Recommendations'));
const Report = lazy(() => import('./pages/Report/Report'));
const Scenarios = lazy(() => import('./pages/Scenarios/Scenarios'));
const NotFound = lazy(() => import('./pages/NotFound/NotFound'));
const Setup = lazy(() => import('./pages/Setup/Setup'));
const Workload = lazy(() => import('./pages/Workload/Workload'));
const WorkloadModels = lazy(() => import('./pages/Models/WorkloadModels'));

/** Which page stands at which address. */
export default function App({ meta }: AppRootProps<AppSettings>) {
  const state = useMemo(() => appStateOf(meta), [meta]);
  return (
    <AppStateContext.Provider value={state}>
      <StatusProvider>
        <Suspense fallback={<LoadingPlaceholder text="" />}>
          <Allowed>
            <Routes>
              <Route path={ROUTES.overview} element={<Overview />} />
              <Route path={`${ROUTES.workload}/:name`} element={<Workload />} />
              <Route path={ROUTES.recommendations} element={<Recommendations />} />
              <Route path={`${ROUTES.recommendations}/:id`} element={<Recommendation />} />
              <Route path={ROUTES.audit} element={<Audit />} />
              <Route path={ROUTES.forecast} element={<Forecast />} />
              <Route path={ROUTES.scenarios} element={<Scenarios />} />
              <Route path={ROUTES.models} element={<Models />} />
              <Route path={`${ROUTES.models}/:name`} element={<WorkloadModels />} />
              <Route path={ROUTES.experiments} element={<Experiments />} />
              <Route path={`${ROUTES.experiments}/new`} element={<NewExperiment />} />
              <Route path={`${ROUTES.experiments}/:id`} element={<Experiment />} />
              <Route path={ROUTES.report} element={<Report />} />
              <Route path={ROUTES.setup} element={<Setup />} />
              <Route path={`${ROUTES.setup}/:name`} element={<Setup />} />
              <Route index element={<Navigate replace to={overviewUrl()} />} />
              <Route path="*" element={<NotFound />} />
            </Routes>
          </Allowed>
        </Suspense>
      </StatusProvider>
    </AppStateContext.Provider>
  );
}
