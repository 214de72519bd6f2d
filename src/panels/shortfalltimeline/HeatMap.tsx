import React, { useMemo } from 'react';
import { css } from '@emotion/css';
import { dateTimeFormat, type GrafanaTheme2 } from '@grafana/data';
import type { TimeZone } from '@grafana/schema';
import { TextLink, useStyles2, useTheme2 } from '@grafana/ui';
import type { AlignedData } from 'uplot';
import { ChartDescription } from '../../charts/ChartDescription';
import { TimeChart, type ChartSync } from '../../charts/TimeChart';
import { useLatest } from '../../hooks/useLatest';
import { workloadUrl } from '../../routes';
import { t } from '../../translations';
import { describeTimeline } from './describeTimeline';
import { AXIS_HEIGHT, heatMapConfig } from './heatMapConfig';
import { RowsAt } from './RowsAt';
import type { Timeline, TimelineRow } from './timelineRows';

export interface HeatMapProps {
  readonly title: string;
  readonly timeline: Timeline;
  readonly threshold: number;
  readonly width: number;
  readonly height: number;
  readonly fromMs: number;
  readonly toMs: number;
  readonly timeZone: TimeZone;
  readonly nowMs: number | null;
  readonly isLinked: boolean;
  readonly sync?: ChartSync;
  readonly onZoom?: (range: { readonly from: number; readonly to: number }) => void;
}

const LEAST_ROW_HEIGHT = 20;
const WIDEST_LABELS = 180;
const LABEL_SHARE = 0.28;

/** The fleet over time: a row for each workload, a cell for each step, coloured by how likely it runs short. */
export function HeatMap(props: HeatMapProps) {
  const { title, timeline, threshold, width, timeZone, isLinked } = props;
  const styles = useStyles2(getStyles);
  const theme = useTheme2();
  const current = useLatest(props);
  const { rows, timesMs } = timeline;
  const labelWidth = Math.min(WIDEST_LABELS, Math.round(width * LABEL_SHARE));
  const height = Math.max(props.height, rows.length * LEAST_ROW_HEIGHT + AXIS_HEIGHT);
  const rowHeight = (height - AXIS_HEIGHT) / rows.length;
  const isNowShown = props.nowMs !== null;
  const data = useMemo(() => [timesMs, timesMs.map(() => null)] as unknown as AlignedData, [timesMs]);
  const config = useMemo(() => {
    const builder = heatMapConfig({
      theme,
      timeZone,
      rowCount: rows.length,
      labelWidth,
      getRange: () => [current().fromMs, current().toMs],
      getNowMs: () => current().nowMs,
      nowLabel: isNowShown ? t('charts.now', 'now') : '',
      getTimesMs: () => current().timeline.timesMs,
      getColor: (row, index) => colorOf(current().timeline.rows[row], index),
    });
    builder.addSeries({ theme, scaleKey: 'y', lineWidth: 0 });
    return builder;
    // A plot draws its cells once: other numbers make another plot.
  }, [theme, timeZone, rows, labelWidth, isNowShown, current]);
  const description = useMemo(
    () => describeTimeline(title, timeline, threshold, timeZone),
    [title, timeline, threshold, timeZone]
  );
  return (
    <div className={styles.scroll} style={{ height: props.height }}>
      <ChartDescription description={description}>
        <div className={styles.plot} style={{ height }}>
          <ul className={styles.labels} style={{ width: labelWidth }}>
            {rows.map((row) => (
              <li key={row.name} className={styles.label} style={{ height: rowHeight }} title={row.name}>
                <RowName row={row} isLinked={isLinked} />
              </li>
            ))}
          </ul>
          <TimeChart
            config={config}
            data={data}
            width={width}
            height={height}
            sync={props.sync}
            onZoom={props.onZoom}
            renderTooltip={(indices) => {
              const index = indices[0];
              const timeMs = index === null || index === undefined ? undefined : timesMs[index];
              return index === null || index === undefined || timeMs === undefined ? null : (
                <RowsAt title={dateTimeFormat(timeMs, { timeZone })} rows={rows} index={index} />
              );
            }}
          />
        </div>
      </ChartDescription>
    </div>
  );
}

function RowName({ row: { name, link }, isLinked }: { readonly row: TimelineRow; readonly isLinked: boolean }) {
  if (link !== null) {
    return (
      <a href={link.href} target={link.target} onClick={link.onClick} rel="noreferrer">
        {name}
      </a>
    );
  }
  return isLinked ? (
    <TextLink href={workloadUrl(name)} inline={false} color="primary" variant="bodySmall">
      {name}
    </TextLink>
  ) : (
    <span>{name}</span>
  );
}

function colorOf(row: TimelineRow | undefined, index: number): string | null {
  const value = row?.values[index];
  if (row === undefined || value === null || value === undefined) {
    return null;
  }
  const color = row.field.display?.(value).color;
  return color === undefined || color === 'transparent' ? null : color;
}

const getStyles = (theme: GrafanaTheme2) => ({
  scroll: css({ overflowY: 'auto', overflowX: 'hidden' }),
  plot: css({ position: 'relative' }),
  labels: css({
    position: 'absolute',
    top: 0,
    left: 0,
    zIndex: 1,
    margin: 0,
    padding: 0,
    listStyle: 'none',
  }),
  label: css({
    display: 'flex',
    alignItems: 'center',
    paddingRight: theme.spacing(1),
    fontSize: theme.typography.bodySmall.fontSize,
    overflow: 'hidden',
    whiteSpace: 'nowrap',
    textOverflow: 'ellipsis',
  }),
});
