import React, { useState } from 'react';
import { Button, Field, RadioButtonGroup, Stack, Text, TextArea } from '@grafana/ui';
import type { SourceView } from '../../../contract/sources.ts';
import { testIds } from '../../testIds';
import { t } from '../../translations';
import { promqlOf, type BuiltQuery } from './model/promql';
import type { QueryValue } from './model/setupDraft';
import { NameCombobox } from './NameCombobox';
import { QueryBuilder } from './QueryBuilder';

interface QueryFieldProps {
  readonly field: 'query' | 'replicas';
  readonly label: string;
  readonly description: string;
  readonly source: SourceView;
  readonly value: QueryValue;
  readonly problem?: string;
  readonly isRequired?: boolean;
  readonly onChange: (value: QueryValue) => void;
}

const NOTHING_BUILT: BuiltQuery = { metric: '', operation: 'sum', filters: [] };

/** A query as its source takes it: a name, PromQL by choosing or typed, or a data source's own query model. */
export function QueryField(props: QueryFieldProps) {
  const { field, label, description, source, value, problem, isRequired, onChange } = props;
  const id = `headroom-setup-${field}`;
  const isNamed = source.hasNames && !source.hasLabels;
  if (typeof value !== 'string') {
    return <QueryModel label={label} description={description} model={value} onReplace={() => onChange('')} />;
  }
  if (source.hasLabels) {
    return <PromqlField {...props} key={source.name} value={value} />;
  }
  return (
    <Field
      label={label}
      description={description}
      invalid={problem !== undefined}
      error={problem}
      required={isRequired}
    >
      {isNamed ? (
        <NameCombobox
          id={id}
          source={source.name}
          value={value}
          testId={testIds.setup.query(field)}
          isInvalid={problem !== undefined}
          onChange={onChange}
        />
      ) : (
        <QueryText id={id} testId={testIds.setup.query(field)} value={value} onChange={onChange} />
      )}
    </Field>
  );
}

function PromqlField(props: QueryFieldProps & { readonly value: string }) {
  const { field, label, description, source, value, problem, isRequired, onChange } = props;
  const id = `headroom-setup-${field}`;
  const [built, setBuilt] = useState(NOTHING_BUILT);
  const [isTyped, setTyped] = useState(value !== '');
  return (
    <Field
      htmlFor={isTyped ? id : `${id}-metric`}
      label={label}
      description={description}
      invalid={problem !== undefined}
      error={problem}
      required={isRequired}
    >
      <Stack direction="column" gap={1}>
        <RadioButtonGroup
          size="sm"
          aria-label={t('setup.query.way', 'How to give the query')}
          options={[
            { value: false, label: t('setup.query.build', 'Choose') },
            { value: true, label: t('setup.query.type', 'Type PromQL') },
          ]}
          value={isTyped}
          onChange={setTyped}
        />
        {isTyped ? (
          <QueryText id={id} testId={testIds.setup.query(field)} value={value} onChange={onChange} />
        ) : (
          <QueryBuilder
            id={id}
            source={source.name}
            built={built}
            testId={testIds.setup.query(field)}
            onChange={(next) => {
              setBuilt(next);
              onChange(promqlOf(next));
            }}
          />
        )}
      </Stack>
    </Field>
  );
}

interface QueryTextProps {
  readonly id: string;
  readonly testId: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
}

function QueryText({ id, testId, value, onChange }: QueryTextProps) {
  return (
    <TextArea
      id={id}
      data-testid={testId}
      rows={3}
      spellCheck={false}
      placeholder={t('setup.query.placeholder', 'sum(rate(http_requests_total[5m]))')}
      value={value}
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  );
}

interface QueryModelProps {
  readonly label: string;
  readonly description: string;
  readonly model: Readonly<Record<string, unknown>>;
  readonly onReplace: () => void;
}

function QueryModel({ label, description, model, onReplace }: QueryModelProps) {
  return (
    <Field label={label} description={description}>
      <Stack direction="column" gap={1} alignItems="flex-start">
        <Text variant="code">{JSON.stringify(model)}</Text>
        <Button type="button" size="sm" variant="secondary" onClick={onReplace}>
          {t('setup.query.replace', 'Give another query')}
        </Button>
      </Stack>
    </Field>
  );
}
