import React from 'react';
import { t } from '../../translations';
import { Combobox, FilterInput, Stack, Text } from '@grafana/ui';
import type { WorkloadSummary } from '../../../contract/api.ts';
import { testIds } from '../../testIds';
import { FILTER_FIELDS, filterChoices, type FilterField, type FleetFilter } from './fleetFilter';

interface FleetFiltersProps {
  readonly workloads: readonly WorkloadSummary[];
  readonly shown: number;
  readonly filter: FleetFilter;
  readonly onChange: (changes: Partial<FleetFilter>) => void;
}

/** Search, and a choice for each thing that workloads are grouped by. */
export function FleetFilters({ workloads, shown, filter, onChange }: FleetFiltersProps) {
  return (
    <Stack direction="row" gap={1} wrap="wrap" alignItems="center">
      <div data-testid={testIds.overview.search}>
        <FilterInput
          width={36}
          escapeRegex={false}
          placeholder={t('overview.search', 'Search workloads')}
          aria-label={t('overview.search', 'Search workloads')}
          value={filter.search}
          onChange={(search) => onChange({ search })}
        />
      </div>
      {FILTER_FIELDS.map((field) => {
        const choices = filterChoices(workloads, field);
        return (
          (choices.length > 1 || filter[field] !== '') && (
            <div key={field} role="group" aria-label={fieldLabel(field)}>
              <Combobox<string>
                width={24}
                isClearable
                placeholder={fieldLabel(field)}
                options={choices.map((value) => ({ value, label: value }))}
                value={filter[field] === '' ? null : filter[field]}
                onChange={(option) => onChange({ [field]: option?.value ?? '' })}
              />
            </div>
          )
        );
      })}
      <span role="status">
        <Text color="secondary" variant="bodySmall">
          {shown === workloads.length
            ? t('overview.count', '{{count}} workloads', {
                count: workloads.length,
                defaultValue_one: '{{count}} workload',
              })
            : t('overview.countOf', '{{shown}} of {{total}} workloads', { shown, total: workloads.length })}
        </Text>
      </span>
    </Stack>
  );
}

function fieldLabel(field: FilterField): string {
  switch (field) {
    case 'account':
      return t('overview.account', 'Account');
    case 'tier':
      return t('overview.tier', 'Tier');
    case 'region':
      return t('overview.region', 'Region');
  }
}
