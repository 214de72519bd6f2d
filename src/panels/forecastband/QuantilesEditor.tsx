import React from 'react';
import { getFieldDisplayName, FieldType, type StandardEditorProps } from '@grafana/data';
import { Trans } from '@grafana/i18n';
import { t } from '../../translations';
import { Button, Combobox, IconButton, Input, Stack } from '@grafana/ui';
import type { MappingOptions } from './options';

type Quantiles = NonNullable<MappingOptions['quantiles']>;

/** Says of fields which quantile they hold, where their names do not. */
export function QuantilesEditor({ value = [], onChange, context }: StandardEditorProps<Quantiles>) {
  const names = context.data.flatMap((frame) =>
    frame.fields
      .filter(({ type }) => type === FieldType.number)
      .map((field) => getFieldDisplayName(field, frame, context.data))
  );
  const replace = (index: number, change: Partial<Quantiles[number]>) =>
    onChange(value.map((each, position) => (position === index ? { ...each, ...change } : each)));
  return (
    <Stack direction="column" gap={1}>
      {value.map(({ level, field }, index) => (
        <Stack key={index} direction="row" gap={1} alignItems="center">
          <Input
            type="number"
            width={10}
            min={0.001}
            max={0.999}
            step={0.05}
            value={level}
            aria-label={t('panel.quantiles.level', 'Level')}
            invalid={!(level > 0 && level < 1)}
            onChange={(event) => replace(index, { level: event.currentTarget.valueAsNumber })}
          />
          <Combobox<string>
            width={24}
            options={[...new Set(names)].map((name) => ({ value: name, label: name }))}
            value={field === '' ? null : field}
            placeholder={t('panel.quantiles.field', 'Field')}
            onChange={(option) => replace(index, { field: option.value })}
          />
          <IconButton
            name="trash-alt"
            aria-label={t('panel.quantiles.remove', 'Remove quantile {{level}}', { level })}
            onClick={() => onChange(value.filter((_, position) => position !== index))}
          />
        </Stack>
      ))}
      <Button
        variant="secondary"
        size="sm"
        icon="plus"
        onClick={() => onChange([...value, { level: value.length === 0 ? 0.1 : 0.9, field: '' }])}
      >
        <Trans i18nKey="panel.quantiles.add">Add a quantile</Trans>
      </Button>
    </Stack>
  );
}
