import React from 'react';
import { Combobox, FilterInput, RadioButtonGroup, Stack } from '@grafana/ui';
import { decisionName } from '../../audit/decisionName';
import { t } from '../../translations';
import { SPANS, type AuditFilter, type Span } from './useAuditFilter';

interface AuditFiltersProps {
  readonly filter: AuditFilter;
  readonly workloads: readonly string[];
  /** The kinds of decisions that there are. */
  readonly kinds: readonly string[];
  readonly onChange: (changes: Partial<AuditFilter>) => void;
}

/** Which decisions are shown. */
export function AuditFilters({ filter, workloads, kinds, onChange }: AuditFiltersProps) {
  return (
    <Stack direction="row" gap={1} wrap="wrap" alignItems="center">
      <FilterInput
        width={28}
        escapeRegex={false}
        placeholder={t('audit.search', 'Search person, reason, outcome')}
        aria-label={t('audit.search', 'Search person, reason, outcome')}
        value={filter.search}
        onChange={(search) => onChange({ search })}
      />
      <div role="group" aria-label={t('audit.workload', 'Workload')}>
        <Combobox<string>
          width={24}
          isClearable
          placeholder={t('audit.workload', 'Workload')}
          options={withChosen(workloads, filter.workload).map((value) => ({ value, label: value }))}
          value={filter.workload === '' ? null : filter.workload}
          onChange={(option) => onChange({ workload: option?.value ?? '' })}
        />
      </div>
      <div role="group" aria-label={t('audit.what', 'What was done')}>
        <Combobox<string>
          width={24}
          isClearable
          placeholder={t('audit.what', 'What was done')}
          options={withChosen(kinds, filter.what).map((value) => ({ value, label: decisionName(value) }))}
          value={filter.what === '' ? null : filter.what}
          onChange={(option) => onChange({ what: option?.value ?? '' })}
        />
      </div>
      <RadioButtonGroup<Span>
        aria-label={t('audit.within', 'How far back')}
        options={(Object.keys(SPANS) as Span[]).map((value) => ({
          value,
          label: value === 'all' ? t('audit.everything', 'All') : value,
        }))}
        value={filter.within}
        onChange={(within) => onChange({ within })}
      />
    </Stack>
  );
}

function withChosen(choices: readonly string[], chosen: string): string[] {
  return [...new Set(chosen === '' ? choices : [...choices, chosen])].sort((a, b) => a.localeCompare(b));
}
