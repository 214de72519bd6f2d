import React from 'react';
import { Combobox, Field, Input, RadioButtonGroup } from '@grafana/ui';
import { t } from '../../translations';

export interface ScheduleDraft {
  readonly window: string;
  /** How far the windows of a pair lie apart. */
  readonly period: 'day' | 'week';
  /** As typed. */
  readonly days: string;
}

interface ScheduleFieldsProps {
  readonly schedule: ScheduleDraft;
  readonly onChange: (schedule: ScheduleDraft) => void;
}

const WINDOWS = ['30m', '1h', '2h', '3h', '4h', '6h', '12h'] as const;

/** When what alternates: how long a window is, how far a pair lies apart, and for how many days. */
export function ScheduleFields({ schedule, onChange }: ScheduleFieldsProps) {
  return (
    <>
      <Field noMargin label={t('experiments.design.window', 'Window')}>
        <Combobox<string>
          id="headroom-experiment-window"
          width={16}
          options={WINDOWS.map((value) => ({ value, label: value }))}
          value={schedule.window}
          onChange={({ value }) => onChange({ ...schedule, window: value })}
        />
      </Field>
      <Field noMargin label={t('experiments.design.period', 'Windows of a pair lie apart')}>
        <RadioButtonGroup<'day' | 'week'>
          aria-label={t('experiments.design.period', 'Windows of a pair lie apart')}
          options={[
            { value: 'day', label: t('experiments.design.day', 'a day') },
            { value: 'week', label: t('experiments.design.week', 'a week') },
          ]}
          value={schedule.period}
          onChange={(period) => onChange({ ...schedule, period })}
        />
      </Field>
      <Field
        noMargin
        label={t('experiments.design.days', 'Length')}
        description={t('experiments.design.daysHint', 'An even number of days; of weeks, fourteen')}
      >
        <Input
          id="headroom-experiment-days"
          type="number"
          min={2}
          max={112}
          step={2}
          width={16}
          suffix={t('experiments.design.daysSuffix', 'days')}
          value={schedule.days}
          onChange={(event) => onChange({ ...schedule, days: event.currentTarget.value })}
        />
      </Field>
    </>
  );
}
