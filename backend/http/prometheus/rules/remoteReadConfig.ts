import { stringify } from 'yaml';
import { FLEET_METRIC_NAMES } from '../fleet/fleetMetrics.ts';

export interface RemoteReadOptions {
  /** Headroom's address, such as `http://headroom:8370`. */
  readonly url: string;
  /** The file, on the Prometheus' machine, that holds the bearer token; absent: none is sent. */
  readonly tokenFile?: string;
}

/**
 * The block of `prometheus.yml` that gives a Prometheus the future: an entry for each metric, since required matchers
 * are equalities, and `read_recent`, without which the future is never asked for.
 */
export function remoteReadConfig({ url, tokenFile }: RemoteReadOptions): string {
  const address = `${url.replace(/\/+$/, '')}/prometheus/api/v1/read`;
  return stringify(
    {
      remote_read: FLEET_METRIC_NAMES.map((metric) => ({
        url: address,
        name: metric,
        read_recent: true,
        required_matchers: { __name__: metric },
        ...(tokenFile === undefined ? {} : { authorization: { type: 'Bearer', credentials_file: tokenFile } }),
      })),
    },
    { lineWidth: 0, aliasDuplicateObjects: false }
  );
}
