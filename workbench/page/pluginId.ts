/** The app that the workbench hosts. */
export const PLUGIN_ID = 'headroom-capacity-app';
