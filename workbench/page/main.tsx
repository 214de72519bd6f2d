import { ThemeContext } from '@grafana/data';
import { config } from '@grafana/runtime';
import { setPluginPage } from '@grafana/runtime/dist/esm/components/PluginPage.mjs';
import { GlobalStyles } from '@grafana/ui';
import React from 'react';
import { createRoot } from 'react-dom/client';
import { loadHostedPlugin } from './app/hostedPlugin.ts';
import { startServices } from './services/startServices.ts';
import { Failure } from './shell/Failure.tsx';
import { Page } from './shell/Page.tsx';
import { chosenTheme } from './themeChoice.ts';
import { Workbench } from './Workbench.tsx';

/** A canvas draws with the fonts that are there when it draws, once. */
const FONTS = ['400 12px Inter', '500 12px Inter', '400 12px "Roboto Mono"'];

const element = document.getElementById('workbench');
if (element !== null) {
  const root = createRoot(element);
  try {
    setPluginPage(Page);
    await Promise.all([startServices(), ...FONTS.map((font) => document.fonts.load(font))]);
    root.render(<Workbench hosted={await loadHostedPlugin()} theme={chosenTheme()} />);
  } catch (error) {
    root.render(
      <ThemeContext.Provider value={config.theme2}>
        <GlobalStyles />
        <Failure error={error} />
      </ThemeContext.Provider>
    );
  }
}
