import { getThemeById, ThemeContext } from '@grafana/data';
import { config, LocationServiceProvider, locationService } from '@grafana/runtime';
import { ErrorBoundaryAlert, GlobalStyles, ModalRoot, ModalsProvider } from '@grafana/ui';
import React, { useLayoutEffect, useMemo, useState } from 'react';
import { Navigate, NavigationType, Route, Router, Routes } from 'react-router';
import { AlertRule } from './alerting/AlertRule.tsx';
import { AppHost } from './app/AppHost.tsx';
import { ConfigurationHost } from './app/ConfigurationHost.tsx';
import { type HostedPlugin } from './app/hostedPlugin.ts';
import { DemoDashboard } from './dashboard/DemoDashboard.tsx';
import { Explore } from './explore/Explore.tsx';
import { OtherApp } from './otherApp/OtherApp.tsx';
import { PLUGIN_ID } from './pluginId.ts';
import { Shell } from './shell/Shell.tsx';
import { keepTheme, type ThemeId } from './themeChoice.ts';

const HISTORY = locationService.getHistory();

/** The workbench: the app's pages, its configuration, a dashboard; one history, that of @grafana/runtime. */
export function Workbench({ hosted, theme }: { readonly hosted: HostedPlugin; readonly theme: ThemeId }) {
  const [themeId, setThemeId] = useState<ThemeId>(theme);
  // One object for a theme, as in Grafana: with another one every style is made anew.
  const context = useMemo(() => getThemeById(themeId), [themeId]);
  const [location, setLocation] = useState(HISTORY.location);
  useLayoutEffect(() => HISTORY.listen(setLocation), []);
  const changeTheme = (isLight: boolean) => {
    const next = isLight ? 'light' : 'dark';
    keepTheme(next);
    document.documentElement.dataset['theme'] = next;
    config.theme2 = getThemeById(next);
    config.bootData.user.theme = next;
    config.bootData.user.lightTheme = isLight;
    setThemeId(next);
  };
  return (
    <ThemeContext.Provider value={context}>
      <GlobalStyles />
      <LocationServiceProvider service={locationService}>
        <ModalsProvider>
          <Router location={location} navigator={HISTORY} navigationType={HISTORY.action as NavigationType}>
            <Shell hosted={hosted} onThemeChange={changeTheme}>
              <ErrorBoundaryAlert key={location.pathname.split('/').slice(0, 3).join('/')}>
                <Routes>
                  <Route path={`/a/${PLUGIN_ID}/*`} element={<AppHost {...hosted} />} />
                  <Route path={`/plugins/${PLUGIN_ID}`} element={<ConfigurationHost {...hosted} />} />
                  <Route path="/explore" element={<Explore />} />
                  <Route path="/alerting/*" element={<AlertRule />} />
                  <Route path="/a/another-app" element={<OtherApp />} />
                  <Route path="/d/demo" element={<DemoDashboard panels={hosted.panels} />} />
                  <Route path="*" element={<Navigate to={`/a/${PLUGIN_ID}`} replace />} />
                </Routes>
              </ErrorBoundaryAlert>
            </Shell>
          </Router>
          <ModalRoot />
        </ModalsProvider>
      </LocationServiceProvider>
    </ThemeContext.Provider>
  );
}
