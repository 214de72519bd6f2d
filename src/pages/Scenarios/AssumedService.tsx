import React from 'react';
import { Field, Input, Text } from '@grafana/ui';
import { t } from '../../translations';

interface AssumedServiceProps {
  readonly seconds: number | null;
  /** Whether the workload declares enough besides: a capacity, replicas and an SLO. */
  readonly isPossible: boolean;
  readonly onChange: (seconds: number | null) => void;
}

/** How long one request takes where the workload does not say so: without it there is no latency. */
export function AssumedService({ seconds, isPossible, onChange }: AssumedServiceProps) {
  if (!isPossible) {
    return (
      <Text variant="bodySmall" color="secondary">
        {t('scenarios.service.impossible', 'Latency is not simulated: the workload declares no SLO, or no capacity.')}
      </Text>
    );
  }
  return (
    <Field
      noMargin
      htmlFor="scenarios-service"
      label={t('scenarios.service.label', 'Mean service time, ms')}
      description={t(
        'scenarios.service.what',
        'Of one request without queueing. The workload declares none (slo.serviceSeconds); latency is simulated with what you assume here.'
      )}
    >
      <Input
        id="scenarios-service"
        type="number"
        min={1}
        step={1}
        width={16}
        placeholder={t('scenarios.service.none', 'none')}
        defaultValue={seconds === null ? '' : Math.round(seconds * 1000)}
        onBlur={({ currentTarget: { valueAsNumber } }) =>
          onChange(Number.isFinite(valueAsNumber) && valueAsNumber > 0 ? valueAsNumber / 1000 : null)
        }
      />
    </Field>
  );
}
