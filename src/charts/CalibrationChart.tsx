import React from 'react';
import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { useStyles2 } from '@grafana/ui';
import { formatProbability } from '../formatting/formatProbability';
import { t } from '../translations';
import { ChartDescription } from './ChartDescription';

/** What was said of a level, and what came: shares from 0 to 1. */
export interface CalibrationPoint {
  readonly nominal: number;
  readonly held: number;
}

interface CalibrationChartProps {
  readonly title: string;
  readonly points: readonly CalibrationPoint[];
  readonly nominalLabel: string;
  readonly heldLabel: string;
  readonly size: number;
}

const BOX = { left: 52, top: 8, right: 24, bottom: 40 };
const TICKS = [0, 0.25, 0.5, 0.75, 1];

/** How often each level held, over how often it should: on the diagonal where a forecast says what it knows. */
export function CalibrationChart({ title, points, nominalLabel, heldLabel, size }: CalibrationChartProps) {
  const styles = useStyles2(getStyles);
  const width = size - BOX.left - BOX.right;
  const height = size - BOX.top - BOX.bottom;
  const x = (share: number) => BOX.left + share * width;
  const y = (share: number) => BOX.top + (1 - share) * height;
  const widest = Math.max(0, ...points.map(({ nominal, held }) => Math.abs(held - nominal)));
  const description = {
    summary: `${title}. ${t('charts.calibration.widest', 'Furthest from what was said: {{points}} points', {
      points: Math.round(100 * widest),
    })}`,
    columns: [nominalLabel, heldLabel],
    rows: points.map(({ nominal, held }) => [formatProbability(nominal), formatProbability(held)]),
  };
  return (
    <ChartDescription description={description}>
      <svg width={size} height={size} viewBox={`0 0 ${size} ${size}`} className={styles.plot} aria-hidden>
        {TICKS.map((tick) => (
          <g key={tick}>
            <line x1={x(0)} x2={x(1)} y1={y(tick)} y2={y(tick)} className={styles.grid} />
            <line x1={x(tick)} x2={x(tick)} y1={y(0)} y2={y(1)} className={styles.grid} />
            <text x={x(0) - 6} y={y(tick)} className={styles.heldTick}>
              {formatProbability(tick)}
            </text>
            <text x={x(tick)} y={y(0) + 14} className={styles.nominalTick}>
              {formatProbability(tick)}
            </text>
          </g>
        ))}
        <line x1={x(0)} y1={y(0)} x2={x(1)} y2={y(1)} className={styles.ideal} />
        <polyline
          points={points.map(({ nominal, held }) => `${x(nominal)},${y(held)}`).join(' ')}
          className={styles.line}
        />
        {points.map(({ nominal, held }) => (
          <circle key={nominal} cx={x(nominal)} cy={y(held)} r={3.5} className={styles.point} />
        ))}
        <text x={BOX.left + width / 2} y={size - 6} className={styles.nominalTick}>
          {nominalLabel}
        </text>
        <text className={styles.nominalTick} transform={`translate(11 ${BOX.top + height / 2}) rotate(-90)`}>
          {heldLabel}
        </text>
      </svg>
    </ChartDescription>
  );
}

const getStyles = (theme: GrafanaTheme2) => {
  const text = {
    fill: theme.colors.text.secondary,
    fontSize: theme.typography.bodySmall.fontSize,
    fontFamily: theme.typography.fontFamily,
  };
  const color = theme.visualization.getColorByName('orange');
  return {
    plot: css({ display: 'block', maxWidth: '100%', height: 'auto' }),
    grid: css({ stroke: theme.colors.border.weak }),
    ideal: css({ stroke: theme.colors.text.secondary, strokeDasharray: '4 4' }),
    line: css({ fill: 'none', stroke: color, strokeWidth: 2 }),
    point: css({ fill: color }),
    heldTick: css({ ...text, textAnchor: 'end', dominantBaseline: 'middle' }),
    nominalTick: css({ ...text, textAnchor: 'middle' }),
  };
};
