import React from 'react';
import { css } from '@emotion/css';
import { formattedValueToString, type GrafanaTheme2 } from '@grafana/data';
import { useStyles2 } from '@grafana/ui';
import { t } from '../../translations';
import type { TimelineRow } from './timelineRows';

interface RowsAtProps {
  readonly title: string;
  readonly rows: readonly TimelineRow[];
  readonly index: number;
}

const MOST_ROWS = 10;

/** What the fleet looks like at one instant: the rows most likely to run short. */
export function RowsAt({ title, rows, index }: RowsAtProps) {
  const styles = useStyles2(getStyles);
  const known = rows.flatMap((row) => {
    const value = row.values[index];
    return value === null || value === undefined ? [] : [{ row, value }];
  });
  const shown = known.sort((a, b) => b.value - a.value).slice(0, MOST_ROWS);
  return (
    <div className={styles.tooltip}>
      <strong>{title}</strong>
      {shown.map(({ row: { name, field }, value }) => {
        const display = field.display?.(value);
        return (
          <div key={name} className={styles.row}>
            <span className={styles.mark} style={{ background: display?.color }} aria-hidden />
            <span>{name}</span>
            <span className={styles.value}>
              {display === undefined ? String(value) : formattedValueToString(display)}
            </span>
          </div>
        );
      })}
      {known.length > shown.length && (
        <div>{t('timeline.more', 'and {{count}} less likely', { count: known.length - shown.length })}</div>
      )}
    </div>
  );
}

const getStyles = (theme: GrafanaTheme2) => ({
  tooltip: css({ padding: theme.spacing(1), fontSize: theme.typography.bodySmall.fontSize }),
  row: css({ display: 'flex', alignItems: 'center', gap: theme.spacing(1), lineHeight: 1.6 }),
  mark: css({
    width: theme.spacing(1.5),
    height: theme.spacing(1.25),
    borderRadius: theme.shape.radius.sm,
    border: `1px solid ${theme.colors.border.medium}`,
  }),
  value: css({
    marginLeft: 'auto',
    paddingLeft: theme.spacing(2),
    fontWeight: theme.typography.fontWeightMedium,
    fontVariantNumeric: 'tabular-nums',
  }),
});
