import React from 'react';
import { Field, Switch } from '@grafana/ui';
import { t } from '../../translations';
import { QueryField } from './QueryField';
import { SetupField } from './SetupField';
import type { StepProps } from './stepProps';

/** What the demand has to fit into, and how well it must be served. */
export function CapacityStep({ draft, source, problems, onChange }: StepProps) {
  return (
    <>
      {source !== undefined && (
        <QueryField
          field="replicas"
          label={t('setup.replicas', 'Replicas')}
          description={t(
            'setup.replicasDescription',
            'How many are ready now. Without it there is no capacity, no shortfall and no recommendation.'
          )}
          source={source}
          value={draft.replicas}
          problem={problems.replicas}
          onChange={(replicas) => onChange({ replicas })}
        />
      )}
      <SetupField
        id="headroom-setup-per-replica"
        label={t('setup.perReplica', 'One replica serves')}
        description={t('setup.perReplicaDescription', 'Demand that one ready replica serves well, such as 50 or 1.5k.')}
        value={draft.perReplica}
        problem={problems.perReplica}
        isDisabled={draft.isPerReplicaLearnt}
        onChange={(perReplica) => onChange({ perReplica })}
      />
      <Field
        label={t('setup.learn', 'Learn it')}
        description={t('setup.learnDescription', 'From the demand, the replicas and the latency that were measured.')}
      >
        <Switch
          id="headroom-setup-learn"
          value={draft.isPerReplicaLearnt}
          onChange={(event) => onChange({ isPerReplicaLearnt: event.currentTarget.checked, perReplica: '' })}
        />
      </Field>
      <SetupField
        id="headroom-setup-latency"
        label={t('setup.latency', 'Latency objective')}
        description={t('setup.latencyDescription', 'Seconds within which a request should be answered, such as 0.25.')}
        value={draft.latencySeconds}
        problem={problems.latencySeconds}
        suffix={t('setup.seconds', 'seconds')}
        onChange={(latencySeconds) => onChange({ latencySeconds })}
      />
      <SetupField
        id="headroom-setup-objective"
        label={t('setup.objective', 'Share within the objective')}
        description={t('setup.objectiveDescription', 'Between 0 and 1, such as 0.99.')}
        value={draft.objective}
        problem={problems.objective}
        onChange={(objective) => onChange({ objective })}
      />
      <SetupField
        id="headroom-setup-lead-time"
        label={t('setup.leadTime', 'Lead time')}
        description={t('setup.leadTimeDescription', 'From a decision to a replica that serves, such as 3m.')}
        value={draft.leadTime}
        problem={problems.leadTime}
        onChange={(leadTime) => onChange({ leadTime })}
      />
    </>
  );
}
