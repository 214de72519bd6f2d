import React from 'react';
import { t } from '../translations';
import { Icon, Stack, Text } from '@grafana/ui';
import type { WorkloadSummary } from '../../contract/api.ts';
import { formatReplicas } from '../formatting/formatReplicas';

/** How many replicas there are and, where it differs, how many are recommended. */
export function ReplicaChange({ replicas: { current, recommended } }: Pick<WorkloadSummary, 'replicas'>) {
  if (recommended === null || recommended === current) {
    return <Text tabular>{formatReplicas(current)}</Text>;
  }
  return (
    <Stack direction="row" gap={0.5} alignItems="center" wrap="nowrap">
      <Text tabular>{formatReplicas(current)}</Text>
      <Icon name="arrow-right" size="sm" title={t('overview.recommended', 'recommended')} />
      <Text tabular weight="medium" color={current !== null && recommended > current ? 'warning' : 'success'}>
        {formatReplicas(recommended)}
      </Text>
    </Stack>
  );
}
