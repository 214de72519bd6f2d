import { config } from '@grafana/runtime';
import { PLUGIN_ID } from '../routes';

/** Where the browser itself reads from the sidecar, through the proxy's route for readers: events, pages to print. */
export function sidecarAddress(path: string): string {
  return `${config.appSubUrl}/api/plugin-proxy/${PLUGIN_ID}/sidecar/${path}`;
}
