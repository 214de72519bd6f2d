import React, { useId } from 'react';
import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { Slider, useStyles2 } from '@grafana/ui';

interface SliderFieldProps {
  readonly label: string;
  /** The value in words, where the number alone does not say it. */
  readonly text?: string;
  readonly min: number;
  readonly max: number;
  readonly step: number;
  readonly value: number;
  /** Where `text` says it and the number alone says nothing. */
  readonly isNumberHidden?: boolean;
  readonly onMove: (value: number) => void;
  readonly onCommit: (value: number) => void;
}

/** A number by slider, arrow keys or typing. */
export function SliderField({
  label,
  text,
  min,
  max,
  step,
  value,
  isNumberHidden = false,
  onMove,
  onCommit,
}: SliderFieldProps) {
  const styles = useStyles2(getStyles);
  const id = useId();
  return (
    <div className={styles.field}>
      <label htmlFor={id} className={styles.label}>
        {label}
        {text !== undefined && <span className={styles.text}>{text}</span>}
      </label>
      <Slider
        inputId={id}
        ariaLabelForHandle={label}
        included
        min={min}
        max={Math.max(max, value)}
        step={step}
        value={value}
        showInput={!isNumberHidden}
        onChange={onMove}
        onAfterChange={(next) => next !== undefined && onCommit(next)}
      />
    </div>
  );
}

const getStyles = (theme: GrafanaTheme2) => ({
  field: css({ minWidth: 0 }),
  label: css({
    display: 'flex',
    justifyContent: 'space-between',
    gap: theme.spacing(1),
    fontSize: theme.typography.bodySmall.fontSize,
    fontWeight: theme.typography.fontWeightMedium,
    color: theme.colors.text.primary,
  }),
  text: css({ color: theme.colors.text.secondary, fontVariantNumeric: 'tabular-nums' }),
});
