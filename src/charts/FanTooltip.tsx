import React from 'react';
import { css } from '@emotion/css';
import { dateTimeFormat, type GrafanaTheme2 } from '@grafana/data';
import type { TimeZone } from '@grafana/schema';
import { useStyles2 } from '@grafana/ui';
import type { FormatValue } from '../formatting/valueFormatter';
import type { Fan } from './fan';
import type { FanLayout } from './fanLayout';
import { marksAt, type Mark } from './marks';
import { partLabel } from './partLabel';

interface FanTooltipProps {
  readonly layout: FanLayout;
  readonly fans: readonly Fan[];
  readonly marks?: readonly Mark[];
  readonly indices: ReadonlyArray<number | null>;
  readonly format: FormatValue;
  readonly timeZone: TimeZone;
}

interface TooltipRow {
  readonly key: string;
  readonly label: string;
  readonly value: string;
  readonly color: string;
  readonly isBand: boolean;
}

/** What a fan chart says of one instant. */
export function FanTooltip({ layout, fans, marks = [], indices, format, timeZone }: FanTooltipProps) {
  const styles = useStyles2(getStyles);
  const index = indices.find((each) => each !== null);
  const timeMs = index === undefined || index === null ? undefined : layout.data[0]?.[index];
  if (timeMs === undefined) {
    return null;
  }
  const times = layout.data[0];
  const stepMs = (times[1] ?? timeMs) - (times[0] ?? timeMs);
  return (
    <div className={styles.tooltip}>
      <div className={styles.time}>{dateTimeFormat(timeMs, { timeZone })}</div>
      {marksAt(marks, timeMs, stepMs).map(({ name, startMs }) => (
        <div key={`${name} ${String(startMs)}`} className={styles.name}>
          {name}
        </div>
      ))}
      {fans.map((fan) => (
        <div key={fan.key} className={styles.fan}>
          {fans.length > 1 && <div className={styles.name}>{fan.name}</div>}
          {tooltipRows(layout, fan.key, indices, format).map((row) => (
            <div key={row.key} className={styles.row}>
              <span
                className={row.isBand ? styles.bandMark : styles.lineMark}
                style={{ background: row.color }}
                aria-hidden
              />
              <span className={styles.label}>{row.label}</span>
              <span className={styles.value}>{row.value}</span>
            </div>
          ))}
        </div>
      ))}
    </div>
  );
}

/** The rows of one fan at one instant: lines from the top, then bands from narrow to wide. */
function tooltipRows(
  { lines, areas, data }: FanLayout,
  fanKey: string,
  indices: ReadonlyArray<number | null>,
  format: FormatValue
): TooltipRow[] {
  const at = (seriesIndex: number) => {
    const index = indices[seriesIndex];
    return index === null || index === undefined ? undefined : data[seriesIndex]?.[index];
  };
  const rows: TooltipRow[] = [];
  lines.forEach((line, position) => {
    const value = at(position + 1);
    if (line.fanKey === fanKey && line.edge === null && value !== null && value !== undefined) {
      const { part, color } = line;
      rows.unshift({ key: part, label: partLabel(part), value: format(value), color, isBand: false });
    }
  });
  for (const { upperIndex, lowerIndex, color } of [...areas].reverse()) {
    const line = lines[upperIndex - 1];
    const upper = at(upperIndex);
    const lower = at(lowerIndex);
    if (line?.fanKey === fanKey && upper !== null && upper !== undefined && lower !== null && lower !== undefined) {
      rows.push({
        key: `band ${line.percent}`,
        label: partLabel('bands', line.percent),
        value: `${format(lower)} – ${format(upper)}`,
        color,
        isBand: true,
      });
    }
  }
  return rows;
}

const getStyles = (theme: GrafanaTheme2) => ({
  tooltip: css({ padding: theme.spacing(1), fontSize: theme.typography.bodySmall.fontSize }),
  time: css({ fontWeight: theme.typography.fontWeightMedium, marginBottom: theme.spacing(0.5) }),
  fan: css({ '& + &': { marginTop: theme.spacing(1) } }),
  name: css({ color: theme.colors.text.secondary, marginBottom: theme.spacing(0.25) }),
  row: css({ display: 'flex', alignItems: 'center', gap: theme.spacing(1), lineHeight: 1.6 }),
  lineMark: css({ width: theme.spacing(1.5), height: theme.spacing(0.5), borderRadius: theme.shape.radius.pill }),
  bandMark: css({
    width: theme.spacing(1.5),
    height: theme.spacing(1.25),
    borderRadius: theme.shape.radius.sm,
    opacity: 0.4,
  }),
  label: css({ color: theme.colors.text.secondary }),
  value: css({
    marginLeft: 'auto',
    paddingLeft: theme.spacing(2),
    fontWeight: theme.typography.fontWeightMedium,
    fontVariantNumeric: 'tabular-nums',
  }),
});
