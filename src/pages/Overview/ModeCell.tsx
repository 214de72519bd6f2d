import React from 'react';
import { Icon } from '@grafana/ui';
import type { WorkloadSummary } from '../../../contract/api.ts';
import { LazyTooltip } from '../../indicators/LazyTooltip';
import { Line } from '../../indicators/Lines';
import { modeMeaning, modeName } from '../../indicators/modeName';
import { spoken } from '../../sentences/spoken';
import { Tone } from '../../indicators/Tone';
import { t } from '../../translations';

/** How a workload is scaled, and what stands in the way of it. */
export function ModeCell({ workload: { mode, scaling } }: { readonly workload: WorkloadSummary }) {
  const isPaused = scaling !== undefined && (scaling.paused.out || scaling.paused.in);
  const trouble = scaling?.problem ?? null;
  return (
    <Line>
      <LazyTooltip content={modeMeaning(mode)}>{modeName(mode)}</LazyTooltip>
      {isPaused && (
        <LazyTooltip content={t('overview.paused', 'Paused: {{reason}}', { reason: scaling.paused.reason || '–' })}>
          <Tone color="warning">
            <Icon name="pause" title={t('overview.isPaused', 'Paused')} />
          </Tone>
        </LazyTooltip>
      )}
      {trouble !== null && (
        <LazyTooltip content={spoken(trouble)}>
          <Tone color="error">
            <Icon name="exclamation-triangle" title={t('overview.targetFails', 'The target fails')} />
          </Tone>
        </LazyTooltip>
      )}
    </Line>
  );
}
