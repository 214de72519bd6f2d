import React from 'react';
import { Field, Input } from '@grafana/ui';

interface PercentFieldProps {
  readonly id: string;
  readonly label: string;
  readonly description: string;
  readonly min: number;
  readonly max?: number;
  readonly step?: number;
  /** In per cent, as typed. */
  readonly value: string;
  readonly onChange: (value: string) => void;
}

/** A percentage that is typed. */
export function PercentField({ id, label, description, min, max, step = 1, value, onChange }: PercentFieldProps) {
  return (
    <Field noMargin label={label} description={description}>
      <Input
        id={id}
        type="number"
        min={min}
        max={max}
        step={step}
        width={16}
        suffix="%"
        value={value}
        onChange={(event) => onChange(event.currentTarget.value)}
      />
    </Field>
  );
}
