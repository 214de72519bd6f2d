import React from 'react';
import { css, cx } from '@emotion/css';
import { colorManipulator, dateTimeFormat, type GrafanaTheme2 } from '@grafana/data';
import { useStyles2 } from '@grafana/ui';
import { ChartDescription } from '../../charts/ChartDescription';
import { formatDuration } from '../../formatting/formatDuration';
import { t } from '../../translations';

export interface ScheduledWindow {
  /** Null before the coins are thrown. */
  readonly arm: 'a' | 'b' | null;
  readonly state: 'coming' | 'present' | 'counted' | 'void';
  /** What else is to be said of it. */
  readonly words: string;
}

interface WindowScheduleProps {
  readonly title: string;
  /** Epoch seconds of the first window; null before it is known. */
  readonly startsAt: number | null;
  readonly windowSeconds: number;
  readonly windowsAPeriod: number;
  readonly windows: readonly ScheduledWindow[];
  readonly timeZone: string;
}

const DAY_SECONDS = 86_400;

/** The windows of a test, a period a row: which of both runs when, what counts and what does not. */
export function WindowSchedule(props: WindowScheduleProps) {
  const { title, startsAt, windowSeconds, windowsAPeriod, windows, timeZone } = props;
  const styles = useStyles2(getStyles);
  const rows = Array.from({ length: Math.ceil(windows.length / windowsAPeriod) }, (_, row) =>
    windows.slice(row * windowsAPeriod, (row + 1) * windowsAPeriod)
  );
  const rowName = (row: number) =>
    startsAt === null
      ? windowsAPeriod * windowSeconds === DAY_SECONDS
        ? t('experiments.schedule.day', 'Day {{number}}', { number: row + 1 })
        : t('experiments.schedule.week', 'Week {{number}}', { number: row + 1 })
      : dateTimeFormat((startsAt + row * windowsAPeriod * windowSeconds) * 1000, { timeZone, format: 'MM-DD HH:mm' });
  const description = {
    summary: t(
      'experiments.schedule.summary',
      '{{title}}: {{count}} windows of {{length}}, {{counted}} counted, {{void}} not counted',
      {
        title,
        count: windows.length,
        length: formatDuration(windowSeconds),
        counted: windows.filter(({ state }) => state === 'counted').length,
        void: windows.filter(({ state }) => state === 'void').length,
      }
    ),
    columns: [t('experiments.schedule.from', 'From'), t('experiments.schedule.windows', 'Windows')],
    rows: rows.map((row, index) => [rowName(index), row.map(({ arm }) => arm ?? '?').join(' ')]),
  };
  return (
    <ChartDescription description={description}>
      <div className={styles.scroll} role="group" aria-label={title} tabIndex={0}>
        <div aria-hidden className={styles.rows}>
          {rows.map((row, index) => (
            <div key={index} className={styles.row}>
              <span className={styles.name}>{rowName(index)}</span>
              <div
                className={styles.cells}
                style={{ gridTemplateColumns: `repeat(${windowsAPeriod}, minmax(14px, 1fr))` }}
              >
                {row.map(({ arm, state, words }, cell) => (
                  <span
                    key={cell}
                    title={words}
                    className={cx(
                      styles.cell,
                      arm === 'a' && styles.a,
                      arm === 'b' && styles.b,
                      state === 'coming' && arm !== null && styles.coming,
                      state === 'void' && styles.void,
                      state === 'present' && styles.present
                    )}
                  >
                    {arm ?? '?'}
                  </span>
                ))}
              </div>
            </div>
          ))}
        </div>
      </div>
    </ChartDescription>
  );
}

const getStyles = (theme: GrafanaTheme2) => {
  const tinted = (hue: string) => colorManipulator.alpha(theme.visualization.getColorByName(hue), 0.35);
  return {
    scroll: css({
      padding: 2,
      overflow: 'auto',
      maxHeight: theme.spacing(48),
      '&:focus-visible': { outline: `2px solid ${theme.colors.primary.border}` },
    }),
    rows: css({ display: 'flex', flexDirection: 'column', gap: theme.spacing(0.25) }),
    row: css({ display: 'flex', alignItems: 'center', gap: theme.spacing(1) }),
    name: css({
      flex: '0 0 auto',
      width: theme.spacing(11),
      color: theme.colors.text.secondary,
      fontSize: theme.typography.bodySmall.fontSize,
      fontVariantNumeric: 'tabular-nums',
    }),
    cells: css({ display: 'grid', flex: 1, gap: 2, minWidth: 0 }),
    cell: css({
      padding: theme.spacing(0.25, 0),
      borderRadius: theme.shape.radius.default,
      background: theme.colors.background.secondary,
      color: theme.colors.text.primary,
      fontSize: theme.typography.bodySmall.fontSize,
      textAlign: 'center',
      lineHeight: 1.4,
    }),
    a: css({ background: tinted('blue') }),
    b: css({ background: tinted('orange') }),
    coming: css({ border: `1px dashed ${theme.colors.border.strong}`, backgroundClip: 'padding-box' }),
    void: css({ textDecoration: 'line-through', background: theme.colors.background.secondary }),
    present: css({ outline: `2px solid ${theme.colors.text.primary}`, fontWeight: theme.typography.fontWeightBold }),
  };
};
