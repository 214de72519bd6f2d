import React, { type ReactNode } from 'react';
import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { useStyles2 } from '@grafana/ui';
import { useIsOverflowing } from '../hooks/useIsOverflowing';

interface SimpleTableProps {
  readonly caption: string;
  /** Heard and not seen: where a heading says it already. */
  readonly isCaptionHidden?: boolean;
  readonly columns: readonly string[];
  /** The first cell of a row is its heading. */
  readonly rows: ReadonlyArray<{ readonly key: string; readonly cells: readonly ReactNode[] }>;
}

/** A small table that needs neither sorting nor pages. */
export function SimpleTable({ caption, isCaptionHidden = false, columns, rows }: SimpleTableProps) {
  const styles = useStyles2(getStyles);
  const [ref, isOverflowing] = useIsOverflowing<HTMLDivElement>();
  // What is scrolled has to be reached by keyboard, too.
  const scrolled = isOverflowing ? ({ role: 'region', 'aria-label': caption, tabIndex: 0 } as const) : {};
  return (
    <div ref={ref} className={styles.scroll} {...scrolled}>
      <table className={styles.table}>
        <caption className={isCaptionHidden ? styles.hidden : styles.caption}>{caption}</caption>
        <thead>
          <tr>
            {columns.map((column, index) =>
              column === '' ? (
                <td key={index} />
              ) : (
                <th key={index} scope="col" className={styles.cell}>
                  {column}
                </th>
              )
            )}
          </tr>
        </thead>
        <tbody>
          {rows.map(({ key, cells }) => (
            <tr key={key} className={styles.row}>
              {cells.map((cell, index) =>
                index === 0 ? (
                  <th key={index} scope="row" className={styles.cell}>
                    {cell}
                  </th>
                ) : (
                  <td key={index} className={styles.cell}>
                    {cell}
                  </td>
                )
              )}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

const getStyles = (theme: GrafanaTheme2) => ({
  scroll: css({ position: 'relative', overflowX: 'auto', maxWidth: '100%' }),
  table: css({ borderCollapse: 'collapse' }),
  caption: css({
    captionSide: 'top',
    padding: 0,
    paddingBottom: theme.spacing(0.5),
    color: theme.colors.text.primary,
    fontSize: theme.typography.h5.fontSize,
    fontWeight: theme.typography.h5.fontWeight,
    textAlign: 'left',
  }),
  hidden: css({
    position: 'absolute',
    width: 1,
    height: 1,
    overflow: 'hidden',
    clipPath: 'inset(50%)',
    whiteSpace: 'nowrap',
  }),
  row: css({ borderTop: `1px solid ${theme.colors.border.weak}` }),
  cell: css({
    padding: theme.spacing(0.75, 3, 0.75, 0),
    textAlign: 'left',
    fontWeight: theme.typography.fontWeightRegular,
    fontVariantNumeric: 'tabular-nums',
    'thead &': { color: theme.colors.text.secondary, fontSize: theme.typography.bodySmall.fontSize },
    'tbody th&': { color: theme.colors.text.secondary },
  }),
});
