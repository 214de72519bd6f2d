import React, { useCallback } from 'react';
import { Combobox } from '@grafana/ui';
import { sourceNames } from '../../sidecar/sources';
import { t } from '../../translations';

interface NameComboboxProps {
  readonly id: string;
  readonly source: string;
  readonly value: string;
  readonly testId?: string;
  readonly isInvalid?: boolean;
  readonly onChange: (name: string) => void;
}

/** What may be asked of a source, found as it is typed. */
export function NameCombobox({ id, source, value, testId, isInvalid, onChange }: NameComboboxProps) {
  const find = useCallback(
    async (typed: string) => {
      const { names } = await sourceNames(source, typed);
      return names.map((name) => ({ value: name, label: name }));
    },
    [source]
  );
  return (
    <Combobox<string>
      id={id}
      key={source}
      data-testid={testId}
      options={find}
      value={value === '' ? null : value}
      invalid={isInvalid}
      createCustomValue
      placeholder={t('setup.names.placeholder', 'Search by name')}
      onChange={({ value: chosen }) => onChange(chosen)}
    />
  );
}
