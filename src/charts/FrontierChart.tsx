import React, { useMemo, useRef, type KeyboardEvent, type PointerEvent } from 'react';
import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { useStyles2, useTheme2 } from '@grafana/ui';
import { formatProbability } from '../formatting/formatProbability';
import { ChartDescription, type Description } from './ChartDescription';
import { frontierScale, type CostRiskPoint } from './frontierScale';

export interface FrontierLine {
  readonly key: string;
  readonly name: string;
  readonly color: string;
  /** From risky to safe. */
  readonly points: readonly CostRiskPoint[];
}

export interface FrontierChartProps {
  readonly lines: readonly FrontierLine[];
  readonly chosen: string | null;
  /** The accepted risk; null draws no line. */
  readonly risk: number | null;
  readonly width: number;
  readonly height: number;
  readonly formatCost: (cost: number) => string;
  readonly costLabel: string;
  readonly riskLabel: string;
  /** What the handle is, and what it stands on, for those who cannot see it. */
  readonly handleLabel: string;
  readonly handleText: string;
  readonly description: Description;
  /** While it is moved, and once it is let go. */
  readonly onMove: (key: string) => void;
  readonly onCommit: (key: string) => void;
}

const BOX = { left: 64, top: 12, right: 16, bottom: 44 };
const KEYS: Readonly<Record<string, number>> = { ArrowRight: 1, ArrowUp: -1, ArrowLeft: -1, ArrowDown: 1 };

/** Plans by cost and risk, and a point that is moved along them by pointer or arrow keys. */
export function FrontierChart(props: FrontierChartProps) {
  const { lines, chosen, risk, width, height, formatCost, costLabel, riskLabel } = props;
  const styles = useStyles2(getStyles);
  const theme = useTheme2();
  const svg = useRef<SVGSVGElement>(null);
  const isDragging = useRef(false);
  const box = {
    left: BOX.left,
    top: BOX.top,
    width: Math.max(1, width - BOX.left - BOX.right),
    height: Math.max(1, height - BOX.top - BOX.bottom),
  };
  const all = useMemo(() => lines.flatMap(({ points }) => points), [lines]);
  const { x, y, costTicks, riskTicks } = frontierScale(all, box);
  const line = lines.find(({ points }) => points.some(({ key }) => key === chosen));
  const point = line?.points.find(({ key }) => key === chosen);

  const nearest = (event: PointerEvent): string | undefined => {
    const bounds = svg.current?.getBoundingClientRect();
    if (bounds === undefined) {
      return undefined;
    }
    const left = event.clientX - bounds.left;
    const top = event.clientY - bounds.top;
    const distance = ({ cost, risk: of }: CostRiskPoint) => Math.hypot(x(cost) - left, y(of) - top);
    return [...all].sort((a, b) => distance(a) - distance(b))[0]?.key;
  };
  const tell = (key: string | undefined, listen: (key: string) => void) => key !== undefined && listen(key);
  const onKeyDown = (event: KeyboardEvent) => {
    const points = line?.points ?? [];
    const at = points.findIndex(({ key }) => key === chosen);
    const to = event.key === 'Home' ? 0 : event.key === 'End' ? points.length - 1 : at + (KEYS[event.key] ?? 0);
    if (to !== at && points[to] !== undefined) {
      event.preventDefault();
      props.onCommit(points[to].key);
    }
  };

  return (
    <ChartDescription description={props.description}>
      <svg
        ref={svg}
        width={width}
        height={height}
        className={styles.plot}
        onPointerDown={(event) => {
          isDragging.current = true;
          event.currentTarget.setPointerCapture(event.pointerId);
          tell(nearest(event), props.onMove);
        }}
        onPointerMove={(event) => isDragging.current && tell(nearest(event), props.onMove)}
        onPointerUp={(event) => {
          isDragging.current = false;
          tell(nearest(event), props.onCommit);
        }}
        onPointerCancel={() => (isDragging.current = false)}
      >
        <g aria-hidden>
          {riskTicks.map((tick) => (
            <g key={tick}>
              <line x1={box.left} x2={box.left + box.width} y1={y(tick)} y2={y(tick)} className={styles.grid} />
              <text x={box.left - 8} y={y(tick)} className={styles.riskTick}>
                {formatProbability(tick)}
              </text>
            </g>
          ))}
          {costTicks.map((tick) => (
            <text key={tick} x={x(tick)} y={box.top + box.height + 16} className={styles.costTick}>
              {formatCost(tick)}
            </text>
          ))}
          <text x={box.left + box.width / 2} y={height - 6} className={styles.costTick}>
            {costLabel}
          </text>
          <text className={styles.costTick} transform={`translate(12 ${box.top + box.height / 2}) rotate(-90)`}>
            {riskLabel}
          </text>
          {risk !== null && (
            <line x1={box.left} x2={box.left + box.width} y1={y(risk)} y2={y(risk)} className={styles.risk} />
          )}
          {lines.map(({ key, color, points }) => (
            <g key={key}>
              <polyline
                points={points.map((each) => `${x(each.cost)},${y(each.risk)}`).join(' ')}
                fill="none"
                stroke={color}
                strokeWidth={key === line?.key ? 2 : 1}
                opacity={key === line?.key ? 1 : 0.6}
              />
              {points.map((each) => (
                <circle key={each.key} cx={x(each.cost)} cy={y(each.risk)} r={3} fill={color} />
              ))}
            </g>
          ))}
        </g>
        {point !== undefined && (
          <circle
            cx={x(point.cost)}
            cy={y(point.risk)}
            r={8}
            className={styles.handle}
            fill={line?.color}
            stroke={theme.colors.text.maxContrast}
            strokeWidth={2}
            role="slider"
            tabIndex={0}
            aria-label={props.handleLabel}
            aria-valuemin={1}
            aria-valuemax={line?.points.length}
            aria-valuenow={(line?.points.findIndex(({ key }) => key === chosen) ?? 0) + 1}
            aria-valuetext={props.handleText}
            onKeyDown={onKeyDown}
          />
        )}
      </svg>
    </ChartDescription>
  );
}

const getStyles = (theme: GrafanaTheme2) => {
  const text = {
    fill: theme.colors.text.secondary,
    fontSize: theme.typography.bodySmall.fontSize,
    fontFamily: theme.typography.fontFamily,
    userSelect: 'none' as const,
  };
  return {
    plot: css({ display: 'block', touchAction: 'none', cursor: 'pointer' }),
    grid: css({ stroke: theme.colors.border.weak }),
    risk: css({ stroke: theme.colors.text.secondary, strokeDasharray: '2 4' }),
    riskTick: css({ ...text, textAnchor: 'end', dominantBaseline: 'middle' }),
    costTick: css({ ...text, textAnchor: 'middle' }),
    handle: css({
      cursor: 'grab',
      outline: 'none',
      '&:focus-visible': { strokeWidth: 4, stroke: theme.colors.primary.border },
    }),
  };
};
