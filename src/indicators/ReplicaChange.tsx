import React from 'react';
import type { WorkloadSummary } from '../../contract/api.ts';
import { formatReplicas } from '../formatting/formatReplicas';
import { t } from '../translations';
import { Line } from './Lines';
import { Tone } from './Tone';

/** How many replicas there are and, where it differs, how many are recommended. */
export function ReplicaChange({ replicas: { current, recommended } }: Pick<WorkloadSummary, 'replicas'>) {
  if (recommended === null || recommended === current) {
    return <Tone>{formatReplicas(current)}</Tone>;
  }
  return (
    <Line>
      <Tone>{formatReplicas(current)}</Tone>
      <span role="img" aria-label={t('overview.recommended', 'recommended')}>
        →
      </span>
      <Tone isStrong color={current !== null && recommended > current ? 'warning' : 'success'}>
        {formatReplicas(recommended)}
      </Tone>
    </Line>
  );
}
