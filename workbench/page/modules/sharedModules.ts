import * as emotionCss from '@emotion/css';
import * as emotionReact from '@emotion/react';
import * as grafanaData from '@grafana/data';
import * as grafanaDataUnstable from '@grafana/data/unstable';
import * as grafanaRuntime from '@grafana/runtime';
import * as grafanaRuntimeUnstable from '@grafana/runtime/unstable';
import * as grafanaUi from '@grafana/ui';
import * as grafanaUiUnstable from '@grafana/ui/unstable';
import * as i18next from 'i18next';
import lodash from 'lodash';
// eslint-disable-next-line no-restricted-imports -- Grafana shares it with plugins, and so does this
import moment from 'moment';
import react from 'react';
import reactDom from 'react-dom';
import jsxDevRuntime from 'react/jsx-dev-runtime';
import jsxRuntime from 'react/jsx-runtime';
import * as reactRouter from 'react-router';
import * as rxjs from 'rxjs';

/** A namespace as AMD code expects it: `__esModule` makes a default import mean the default export. */
function esModule(namespace: object): object {
  return { ...namespace, __esModule: true };
}

/**
 * What Grafana shares with plugins at run time, out of the page's own packages: the externals of
 * `.config/bundler/externals.ts` that the built plugin may ask for, by their AMD names. Made at the first call, after
 * the page has set its services: some exports of @grafana/runtime are bound when they are set.
 */
export function sharedModules(): ReadonlyMap<string, unknown> {
  return new Map<string, unknown>([
    ['react', react],
    ['react/jsx-runtime', jsxRuntime],
    ['react/jsx-dev-runtime', jsxDevRuntime],
    ['react-dom', reactDom],
    ['react-router', esModule(reactRouter)],
    ['rxjs', esModule(rxjs)],
    ['lodash', lodash],
    ['moment', moment],
    ['i18next', esModule(i18next)],
    ['emotion', esModule(emotionCss)],
    ['@emotion/css', esModule(emotionCss)],
    ['@emotion/react', esModule(emotionReact)],
    ['@grafana/data', esModule(grafanaData)],
    ['@grafana/data/unstable', esModule(grafanaDataUnstable)],
    ['@grafana/runtime', esModule(grafanaRuntime)],
    ['@grafana/runtime/unstable', esModule(grafanaRuntimeUnstable)],
    ['@grafana/ui', esModule(grafanaUi)],
    ['@grafana/ui/unstable', esModule(grafanaUiUnstable)],
  ]);
}
