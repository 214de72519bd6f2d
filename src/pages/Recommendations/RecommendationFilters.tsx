import React from 'react';
import { css } from '@emotion/css';
import { FilterInput, RadioButtonGroup, Stack, useStyles2 } from '@grafana/ui';
import { stateName } from '../../recommendation/stateName';
import { testIds } from '../../testIds';
import { t } from '../../translations';
import { SHOWN_STATES, type RecommendationFilter, type ShownState } from './useRecommendationFilter';

interface RecommendationFiltersProps {
  readonly filter: RecommendationFilter;
  readonly onChange: (changes: Partial<RecommendationFilter>) => void;
}

/** Which recommendations are shown. */
export function RecommendationFilters({ filter, onChange }: RecommendationFiltersProps) {
  const styles = useStyles2(getStyles);
  return (
    <Stack direction="row" gap={1} wrap="wrap" alignItems="center">
      <div className={styles.states}>
        <RadioButtonGroup<ShownState>
          aria-label={t('recommendations.state', 'State')}
          data-testid={testIds.recommendations.states}
          options={SHOWN_STATES.map((value) => ({
            value,
            label: value === 'open' ? t('recommendations.open', 'Open') : stateName(value),
          }))}
          value={filter.state}
          onChange={(state) => onChange({ state })}
        />
      </div>
      <FilterInput
        width={28}
        escapeRegex={false}
        placeholder={t('recommendations.search', 'Search workloads')}
        aria-label={t('recommendations.search', 'Search workloads')}
        value={filter.search}
        onChange={(search) => onChange({ search })}
      />
    </Stack>
  );
}

const getStyles = () => ({ states: css({ maxWidth: '100%', overflowX: 'auto' }) });
