import { useMemo } from 'react';
import { getBackendSrv } from '@grafana/runtime';
import { lastValueFrom } from 'rxjs';
import { z } from 'zod';
import type { Mark } from '../../charts/marks';
import { useResource } from '../../sidecar/useResource';
import { toTimeRange } from '../../timeRange/toTimeRange';
import { t } from '../../translations';

const INTERVAL_MS = 60_000;
const MOST_ANNOTATIONS = 100;
const TAG = 'deployment';

const annotationsSchema = z.array(
  z.object({ time: z.number(), timeEnd: z.number().nullish(), text: z.string().nullish() })
);

interface DeploymentsQuestion {
  readonly workload: string;
  /** As in the address; relative instants are read at each question. */
  readonly rawFrom: string;
  readonly rawTo: string;
}

/**
 * Grafana's own annotations that are tagged `deployment` and with the workload's name. None where they cannot be read:
 * who may not see annotations sees the forecast all the same.
 */
export function useDeployments({ workload, rawFrom, rawTo }: DeploymentsQuestion): readonly Mark[] {
  const { resource } = useResource(
    async (abortSignal) => {
      const { from, to } = toTimeRange(rawFrom, rawTo);
      const { data } = await lastValueFrom(
        getBackendSrv().fetch<unknown>({
          url: '/api/annotations',
          params: {
            from: from.valueOf(),
            to: to.valueOf(),
            type: 'annotation',
            tags: [TAG, workload],
            limit: MOST_ANNOTATIONS,
          },
          showErrorAlert: false,
          abortSignal,
        })
      );
      return annotationsSchema.parse(data);
    },
    { key: ['deployments', workload, rawFrom, rawTo].join(' '), intervalMs: INTERVAL_MS }
  );
  const annotations = resource.kind === 'ready' ? resource.value : undefined;
  return useMemo(
    () =>
      (annotations ?? []).map(({ time, timeEnd, text }) => ({
        name: plainText(text ?? '') || t('workload.deployment', 'Deployment'),
        startMs: time,
        endMs: Math.max(time, timeEnd ?? time),
      })),
    [annotations]
  );
}

/** The first line of a text that may hold HTML. */
function plainText(html: string): string {
  const { body } = new DOMParser().parseFromString(html, 'text/html');
  return (body.textContent ?? '').trim().split('\n')[0]!.trim();
}
