import React, { type ReactNode } from 'react';
import { Field, Input } from '@grafana/ui';

interface SetupFieldProps {
  readonly id: string;
  readonly label: string;
  readonly description?: string;
  readonly placeholder?: string;
  readonly value: string;
  /** What is wrong with it, where that is to be said already. */
  readonly problem?: string;
  readonly suffix?: ReactNode;
  readonly isRequired?: boolean;
  readonly isDisabled?: boolean;
  readonly testId?: string;
  readonly onChange: (value: string) => void;
}

/** One line of the form. */
export function SetupField(props: SetupFieldProps) {
  const { id, label, description, placeholder, value, problem, suffix, isRequired, isDisabled, testId, onChange } =
    props;
  return (
    <Field
      label={label}
      description={description}
      invalid={problem !== undefined}
      error={problem}
      required={isRequired}
      disabled={isDisabled}
    >
      <Input
        id={id}
        data-testid={testId}
        autoComplete="off"
        placeholder={placeholder}
        value={value}
        suffix={suffix}
        onChange={(event) => onChange(event.currentTarget.value)}
      />
    </Field>
  );
}
