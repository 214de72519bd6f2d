import React from 'react';
import { RadioButtonGroup, Stack } from '@grafana/ui';
import type { ForecastRange, PlanningAggregate, WorkloadRange } from '../../../contract/api.ts';
import { testIds } from '../../testIds';
import { t } from '../../translations';
import type { UrlForecastRange } from './useForecastRange';

interface RangeSwitchProps {
  readonly ranges: readonly WorkloadRange[];
  readonly chosen: UrlForecastRange;
}

/** How far ahead is looked: the next hour, the day, the next months; what is not declared cannot be chosen. */
export function RangeSwitch({ ranges, chosen }: RangeSwitchProps) {
  const isDeclared = (range: ForecastRange) => ranges.some((each) => each.range === range);
  const all: ReadonlyArray<{ readonly value: ForecastRange; readonly label: string; readonly description: string }> = [
    {
      value: 'near',
      label: t('range.near.name', 'Near'),
      description: isDeclared('near')
        ? t('range.near.what', 'The next hour, minute by minute')
        : t('range.near.how', 'Not forecast: declare forecast.nearStep'),
    },
    {
      value: 'day',
      label: t('range.day.name', 'Day'),
      description: t('range.day.what', 'The day ahead, which recommendations are made from'),
    },
    {
      value: 'planning',
      label: t('range.planning.name', 'Planning'),
      description: isDeclared('planning')
        ? t('range.planning.what', 'The next months, in days')
        : t('range.planning.how', 'Not forecast: declare forecast.planning'),
    },
  ];
  const aggregates: ReadonlyArray<{ readonly value: PlanningAggregate; readonly label: string }> = [
    { value: 'peak', label: t('range.peak', 'Daily peak') },
    { value: 'mean', label: t('range.mean', 'Daily mean') },
  ];
  return (
    <Stack direction="row" gap={1} wrap="wrap">
      <div data-testid={testIds.workload.range}>
        <RadioButtonGroup
          size="sm"
          aria-label={t('range.label', 'Forecast range')}
          options={[...all]}
          disabledOptions={all.map(({ value }) => value).filter((value) => !isDeclared(value))}
          value={chosen.range}
          onChange={chosen.setRange}
        />
      </div>
      {chosen.range === 'planning' && (
        <div data-testid={testIds.workload.aggregate}>
          <RadioButtonGroup
            size="sm"
            aria-label={t('range.aggregate', 'Of each day')}
            options={[...aggregates]}
            value={chosen.aggregate}
            onChange={chosen.setAggregate}
          />
        </div>
      )}
    </Stack>
  );
}
