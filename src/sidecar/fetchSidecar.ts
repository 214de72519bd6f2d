import { getBackendSrv, type BackendSrvRequest, type FetchResponse } from '@grafana/runtime';
import { lastValueFrom } from 'rxjs';
import { PLUGIN_ID } from '../routes';
import type { ProxyRoute } from './proxyRoute';

const PROXY = `/api/plugin-proxy/${PLUGIN_ID}`;

/** Fetches through Grafana's proxy, without Grafana's own alerts: the app tells what failed. */
export function fetchSidecar(
  route: ProxyRoute,
  path: string,
  request: Omit<BackendSrvRequest, 'url'>
): Promise<FetchResponse<unknown>> {
  return lastValueFrom(
    getBackendSrv().fetch<unknown>({
      ...request,
      url: `${PROXY}/${route}/${path}`,
      showErrorAlert: false,
      showSuccessAlert: false,
      hideFromInspector: true,
    })
  );
}
