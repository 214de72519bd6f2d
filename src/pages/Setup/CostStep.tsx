import React from 'react';
import { t } from '../../translations';
import { SetupField } from './SetupField';
import type { StepProps } from './stepProps';

/** What capacity costs, and what it costs to be short of it. */
export function CostStep({ draft, problems, onChange }: StepProps) {
  return (
    <>
      <SetupField
        id="headroom-setup-replica-hour"
        label={t('setup.replicaHour', 'One replica, an hour')}
        description={t('setup.replicaHourDescription', 'Without it no cost and no saving is told.')}
        value={draft.replicaHour}
        problem={problems.replicaHour}
        onChange={(replicaHour) => onChange({ replicaHour })}
      />
      <SetupField
        id="headroom-setup-violation-minute"
        label={t('setup.violationMinute', 'A minute beyond the objective')}
        description={t('setup.violationMinuteDescription', 'What it costs you while the service is short of capacity.')}
        value={draft.violationMinute}
        problem={problems.violationMinute}
        onChange={(violationMinute) => onChange({ violationMinute })}
      />
      <SetupField
        id="headroom-setup-currency"
        label={t('setup.currency', 'Currency')}
        placeholder="USD"
        value={draft.currency}
        problem={problems.currency}
        onChange={(currency) => onChange({ currency: currency.toUpperCase() })}
      />
    </>
  );
}
