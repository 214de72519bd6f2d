// What @grafana/runtime keeps for Grafana itself: out of its built files, beside the entry it publishes.
declare module '@grafana/runtime/dist/esm/components/PluginPage.mjs' {
  export function setPluginPage(component: import('@grafana/runtime').PluginPageType): void;
}

declare module '@grafana/runtime/dist/esm/services/pluginExtensions/getObservablePluginLinks.mjs' {
  export function setGetObservablePluginLinks(get: typeof import('@grafana/runtime').getObservablePluginLinks): void;
}

declare module '@grafana/runtime/dist/esm/services/pluginExtensions/getObservablePluginComponents.mjs' {
  export function setGetObservablePluginComponents(
    get: typeof import('@grafana/runtime').getObservablePluginComponents
  ): void;
}
