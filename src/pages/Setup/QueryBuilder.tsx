import React from 'react';
import { Button, Combobox, Field, IconButton, Stack, Text } from '@grafana/ui';
import { useSourceLabels } from '../../sidecar/sources';
import { t } from '../../translations';
import {
  likelyOperation,
  OPERATIONS,
  promqlOf,
  type BuiltQuery,
  type LabelFilter,
  type Operation,
} from './model/promql';
import { NameCombobox } from './NameCombobox';

interface QueryBuilderProps {
  readonly id: string;
  readonly source: string;
  readonly built: BuiltQuery;
  readonly testId?: string;
  readonly onChange: (built: BuiltQuery) => void;
}

/** PromQL by choosing: a metric, what is made of its series, and which of them. */
export function QueryBuilder({ id, source, built, testId, onChange }: QueryBuilderProps) {
  const { resource } = useSourceLabels(source, built.metric);
  const labels = resource.kind === 'ready' ? (resource.value?.labels ?? []) : [];
  const promql = promqlOf(built);
  const changeFilter = (index: number, filter: LabelFilter | null) =>
    onChange({
      ...built,
      filters: built.filters.flatMap((each, at) => (at === index ? (filter === null ? [] : [filter]) : [each])),
    });
  return (
    <Stack direction="column" gap={1}>
      <Field noMargin label={t('setup.builder.metric', 'Metric')}>
        <NameCombobox
          id={`${id}-metric`}
          source={source}
          value={built.metric}
          testId={testId}
          onChange={(metric) => onChange({ metric, operation: likelyOperation(metric), filters: [] })}
        />
      </Field>
      <Field noMargin label={t('setup.builder.operation', 'Of its series')}>
        <Combobox<Operation>
          id={`${id}-operation`}
          options={OPERATIONS.map((value) => ({ value, label: operationLabel(value) }))}
          value={built.operation}
          onChange={({ value }) => onChange({ ...built, operation: value })}
        />
      </Field>
      {built.filters.map((filter, index) => (
        <Stack key={index} direction="row" gap={1} alignItems="center">
          <Combobox<string>
            aria-label={t('setup.builder.label', 'Label {{number}}', { number: index + 1 })}
            options={labels.map(({ name }) => ({ value: name, label: name }))}
            value={filter.label === '' ? null : filter.label}
            createCustomValue
            placeholder={t('setup.builder.labelPlaceholder', 'Label')}
            onChange={({ value }) => changeFilter(index, { label: value, value: '' })}
          />
          <Text>=</Text>
          <Combobox<string>
            aria-label={t('setup.builder.value', 'Value {{number}}', { number: index + 1 })}
            options={(labels.find(({ name }) => name === filter.label)?.values ?? []).map((value) => ({
              value,
              label: value,
            }))}
            value={filter.value === '' ? null : filter.value}
            createCustomValue
            placeholder={t('setup.builder.valuePlaceholder', 'Value')}
            onChange={({ value }) => changeFilter(index, { ...filter, value })}
          />
          <IconButton
            name="times"
            aria-label={t('setup.builder.remove', 'Remove filter {{number}}', { number: index + 1 })}
            onClick={() => changeFilter(index, null)}
          />
        </Stack>
      ))}
      <div>
        <Button
          type="button"
          variant="secondary"
          size="sm"
          icon="plus"
          disabled={built.metric === ''}
          onClick={() => onChange({ ...built, filters: [...built.filters, { label: '', value: '' }] })}
        >
          {t('setup.builder.add', 'Add a filter')}
        </Button>
      </div>
      {promql !== '' && (
        <Text variant="code" color="secondary">
          {promql}
        </Text>
      )}
    </Stack>
  );
}

function operationLabel(operation: Operation): string {
  switch (operation) {
    case 'rate':
      return t('setup.builder.rate', 'Growth a second, summed (of a counter)');
    case 'sum':
      return t('setup.builder.sum', 'Sum');
    case 'mean':
      return t('setup.builder.mean', 'Mean');
    case 'none':
      return t('setup.builder.none', 'As it is (one series)');
  }
}
