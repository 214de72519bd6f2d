import React from 'react';
import { Icon, Stack, Text, Tooltip } from '@grafana/ui';
import type { WorkloadSummary } from '../../../contract/api.ts';
import { modeMeaning, modeName } from '../../indicators/modeName';
import { t } from '../../translations';

/** How a workload is scaled, and what stands in the way of it. */
export function ModeCell({ workload: { mode, scaling } }: { readonly workload: WorkloadSummary }) {
  const isPaused = scaling !== undefined && (scaling.paused.out || scaling.paused.in);
  const trouble = scaling?.problem ?? null;
  return (
    <Stack direction="row" gap={0.5} alignItems="center" wrap="nowrap">
      <Tooltip content={modeMeaning(mode)}>
        <span>{modeName(mode)}</span>
      </Tooltip>
      {isPaused && (
        <Tooltip content={t('overview.paused', 'Paused: {{reason}}', { reason: scaling.paused.reason || '–' })}>
          <span>
            <Text color="warning">
              <Icon name="pause" title={t('overview.isPaused', 'Paused')} />
            </Text>
          </span>
        </Tooltip>
      )}
      {trouble !== null && (
        <Tooltip content={trouble}>
          <span>
            <Text color="error">
              <Icon name="exclamation-triangle" title={t('overview.targetFails', 'The target fails')} />
            </Text>
          </span>
        </Tooltip>
      )}
    </Stack>
  );
}
