import React from 'react';
import { Alert, Combobox, Field, UnitPicker } from '@grafana/ui';
import type { SourceView } from '../../../contract/sources.ts';
import { testIds } from '../../testIds';
import { t } from '../../translations';
import type { StepProps } from './stepProps';
import { STEP_CHOICES } from './model/stepChoices';
import { suggestedName } from './model/suggestedName';
import { QueryField } from './QueryField';
import { SetupField } from './SetupField';

/** What is forecast, and from where. */
export function DemandStep({ draft, sources, source, problems, unmatched, onChange }: StepProps) {
  return (
    <>
      {unmatched !== null && (
        <Alert
          severity="info"
          title={t('setup.unmatched', 'No source of the sidecar leads to the panel’s data source')}
        >
          {t(
            'setup.unmatchedAction',
            'Choose the source that has the same data, or add one of type grafana with datasource uid {{uid}} to the workloads file.',
            { uid: unmatched }
          )}
        </Alert>
      )}
      <Field
        label={t('setup.source', 'Source')}
        description={t('setup.sourceDescription', 'Where history comes from. Sources are named in the workloads file.')}
        invalid={problems.source !== undefined}
        error={problems.source}
        required
      >
        <Combobox<string>
          id="headroom-setup-source"
          data-testid={testIds.setup.source}
          options={sources.map(sourceOption)}
          value={draft.source === '' ? null : draft.source}
          invalid={problems.source !== undefined}
          onChange={({ value }) =>
            onChange(draft.source === '' ? { source: value } : { source: value, query: '', replicas: '' })
          }
        />
      </Field>
      {source !== undefined && (
        <QueryField
          field="query"
          label={t('setup.demand', 'Demand')}
          description={t(
            'setup.demandDescription',
            'What the service has to serve, such as its requests a second. One series.'
          )}
          source={source}
          value={draft.query}
          problem={problems.query}
          isRequired
          onChange={(query) => onChange(draft.isNamed ? { query } : { query, name: suggestedName(query, '') })}
        />
      )}
      <SetupField
        id="headroom-setup-name"
        testId={testIds.setup.name}
        label={t('setup.name', 'Name')}
        description={
          draft.base === null
            ? t('setup.nameDescription', 'Of the workload, in addresses and metrics: a–z, digits, dots and dashes.')
            : t('setup.nameFixed', 'A workload keeps its name. For another name add another workload.')
        }
        value={draft.name}
        problem={problems.name}
        isRequired
        isDisabled={draft.base !== null}
        onChange={(name) => onChange({ name, isNamed: name !== '' })}
      />
      <Field label={t('setup.unit', 'Unit')}>
        <UnitPicker
          value={draft.unit === '' ? undefined : draft.unit}
          onChange={(unit) => onChange({ unit: unit ?? '' })}
        />
      </Field>
      <Field
        label={t('setup.step', 'Step')}
        description={t(
          'setup.stepDescription',
          'From one value of the forecast to the next; how far it looks goes with it.'
        )}
      >
        <Combobox<string>
          id="headroom-setup-step"
          options={stepOptions(draft.step)}
          value={draft.step}
          onChange={({ value }) => onChange({ step: value })}
        />
      </Field>
    </>
  );
}

function sourceOption({ name, type, health }: SourceView) {
  return {
    value: name,
    label: name,
    description: health.state === 'failing' ? `${type} · ${health.problem ?? ''}` : type,
  };
}

function stepOptions(current: string) {
  const choices = STEP_CHOICES.map(({ step, horizon, history }) => ({
    value: step as string,
    label: t('setup.stepChoice', '{{step}}, {{horizon}} ahead, from {{history}}', { step, horizon, history }),
  }));
  return choices.some(({ value }) => value === current) ? choices : [...choices, { value: current, label: current }];
}
