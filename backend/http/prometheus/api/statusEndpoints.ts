import { FLEET_METRICS } from '../fleet/fleetMetrics.ts';
import type { ApiAnswer, ApiRequest } from './apiRequest.ts';
import { badData } from './parameters.ts';

/** The version of Prometheus whose API this is. */
const PROMETHEUS_VERSION = '3.5.0';

/** `metadata`: type and help of each metric. */
export function metadata({ parameters }: ApiRequest): ApiAnswer {
  const limit = wholeNumber('limit', parameters.text('limit'));
  wholeNumber('limit_per_metric', parameters.text('limit_per_metric'));
  const wanted = parameters.text('metric');
  const all = Object.entries(FLEET_METRICS)
    .filter(([name]) => wanted === '' || wanted === name)
    .map(([name, help]) => [name, [{ type: 'gauge', help, unit: '' }]] as const);
  return { data: Object.fromEntries(limit === undefined || limit < 0 ? all : all.slice(0, limit)) };
}

/** `status/buildinfo`: without `features`, which says to Grafana that this is a Prometheus. */
export function buildInfo(version: string): ApiAnswer {
  return {
    data: {
      version: PROMETHEUS_VERSION,
      revision: `headroom-${version}`,
      branch: 'headroom',
      buildUser: '',
      buildDate: '',
      goVersion: '',
    },
  };
}

function wholeNumber(name: string, text: string): number | undefined {
  if (text !== '' && !/^[+-]?\d+$/.test(text)) {
    throw badData(`${name} must be a number`);
  }
  return text === '' ? undefined : Number(text);
}
