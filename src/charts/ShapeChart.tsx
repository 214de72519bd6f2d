import React, { useRef, useState, type KeyboardEvent, type PointerEvent } from 'react';
import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { useStyles2 } from '@grafana/ui';

/** A corner of the line that is drawn: x is a time, y a strength from 0 to `maxY`. */
export interface Corner {
  readonly x: number;
  readonly y: number;
}

export interface ShapeChartProps {
  readonly corners: readonly Corner[];
  readonly maxX: number;
  readonly maxY: number;
  /** What a press of an arrow key moves. */
  readonly stepX: number;
  readonly stepY: number;
  readonly width: number;
  readonly height: number;
  readonly label: string;
  readonly formatX: (x: number) => string;
  readonly formatY: (y: number) => string;
  readonly cornerLabel: (index: number) => string;
  readonly onMoveCorner: (index: number, corner: Corner, isDone: boolean) => void;
  readonly onRemoveCorner: (index: number) => void;
  /** What was drawn with one stroke, by time. */
  readonly onStroke: (stroke: readonly Corner[]) => void;
}

const BOX = { left: 48, top: 10, right: 14, bottom: 22 };
const GRID = [0, 0.5, 1];
const X_TICKS = [0, 0.25, 0.5, 0.75, 1];

/** A line that is drawn with the pointer, or corner by corner with the arrow keys; Delete takes a corner away. */
export function ShapeChart(props: ShapeChartProps) {
  const { corners, maxX, maxY, stepX, stepY, width, height, formatX, formatY } = props;
  const styles = useStyles2(getStyles);
  const svg = useRef<SVGSVGElement>(null);
  const dragged = useRef<number | null>(null);
  const [stroke, setStroke] = useState<readonly Corner[]>([]);
  const plotWidth = Math.max(1, width - BOX.left - BOX.right);
  const plotHeight = Math.max(1, height - BOX.top - BOX.bottom);
  const toX = (x: number) => BOX.left + (x / maxX) * plotWidth;
  const toY = (y: number) => BOX.top + (1 - Math.min(y, maxY) / maxY) * plotHeight;

  const cornerAt = (event: PointerEvent): Corner => {
    const bounds = svg.current?.getBoundingClientRect() ?? { left: 0, top: 0 };
    const x = ((event.clientX - bounds.left - BOX.left) / plotWidth) * maxX;
    const y = (1 - (event.clientY - bounds.top - BOX.top) / plotHeight) * maxY;
    return { x: snapped(x, stepX, maxX), y: snapped(y, stepY, maxY) };
  };
  const onKeyDown =
    (index: number, { x, y }: Corner) =>
    (event: KeyboardEvent) => {
      const moves: Readonly<Record<string, Corner>> = {
        ArrowLeft: { x: x - stepX, y },
        ArrowRight: { x: x + stepX, y },
        ArrowUp: { x, y: y + stepY },
        ArrowDown: { x, y: y - stepY },
      };
      const moved = moves[event.key];
      if (moved !== undefined) {
        event.preventDefault();
        const next = { x: snapped(moved.x, stepX, maxX), y: snapped(moved.y, stepY, maxY) };
        props.onMoveCorner(index, next, true);
      } else if (event.key === 'Delete' || event.key === 'Backspace') {
        event.preventDefault();
        props.onRemoveCorner(index);
      }
    };

  return (
    <svg
      ref={svg}
      width={width}
      height={height}
      className={styles.plot}
      role="group"
      aria-label={props.label}
      onPointerDown={(event) => {
        event.currentTarget.setPointerCapture(event.pointerId);
        if (dragged.current === null) {
          setStroke([cornerAt(event)]);
        }
      }}
      onPointerMove={(event) => {
        if (dragged.current !== null) {
          props.onMoveCorner(dragged.current, cornerAt(event), false);
        } else if (stroke.length > 0) {
          setStroke([...stroke, cornerAt(event)]);
        }
      }}
      onPointerUp={(event) => {
        if (dragged.current !== null) {
          props.onMoveCorner(dragged.current, cornerAt(event), true);
        } else if (stroke.length > 0) {
          props.onStroke(byTime(stroke));
        }
        dragged.current = null;
        setStroke([]);
      }}
      onPointerCancel={() => {
        dragged.current = null;
        setStroke([]);
      }}
    >
      <g aria-hidden>
        {GRID.map((share) => (
          <g key={share}>
            <line
              x1={BOX.left}
              x2={width - BOX.right}
              y1={toY(share * maxY)}
              y2={toY(share * maxY)}
              className={styles.grid}
            />
            <text x={BOX.left - 6} y={toY(share * maxY)} className={styles.yTick}>
              {formatY(share * maxY)}
            </text>
          </g>
        ))}
        {X_TICKS.map((share) => (
          <text key={share} x={toX(share * maxX)} y={height - 6} className={styles.xTick}>
            {formatX(share * maxX)}
          </text>
        ))}
        <polygon points={areaOf(corners, toX, toY)} className={styles.area} />
        <polyline points={corners.map(({ x, y }) => `${toX(x)},${toY(y)}`).join(' ')} className={styles.line} />
        {stroke.length > 1 && (
          <polyline points={stroke.map(({ x, y }) => `${toX(x)},${toY(y)}`).join(' ')} className={styles.stroke} />
        )}
      </g>
      {corners.map((corner, index) => (
        <circle
          key={index}
          cx={toX(corner.x)}
          cy={toY(corner.y)}
          r={6}
          className={styles.corner}
          role="slider"
          tabIndex={0}
          aria-label={props.cornerLabel(index)}
          aria-valuemin={0}
          aria-valuemax={maxY}
          aria-valuenow={corner.y}
          aria-valuetext={`${formatX(corner.x)}: ${formatY(corner.y)}`}
          onKeyDown={onKeyDown(index, corner)}
          onPointerDown={() => {
            dragged.current = index;
          }}
        />
      ))}
    </svg>
  );
}

/** A stroke by time; where it went back, what was drawn last holds. */
function byTime(stroke: readonly Corner[]): Corner[] {
  const latest = new Map(stroke.map((corner) => [corner.x, corner] as const));
  return [...latest.values()].sort((a, b) => a.x - b.x);
}

function areaOf(corners: readonly Corner[], toX: (x: number) => number, toY: (y: number) => number): string {
  const first = corners[0];
  const last = corners.at(-1);
  return first === undefined || last === undefined
    ? ''
    : [{ x: first.x, y: 0 }, ...corners, { x: last.x, y: 0 }].map(({ x, y }) => `${toX(x)},${toY(y)}`).join(' ');
}

function snapped(value: number, step: number, most: number): number {
  return Math.min(most, Math.max(0, Math.round(Math.round(value / step) * step * 1e6) / 1e6));
}

const getStyles = (theme: GrafanaTheme2) => {
  const text = {
    fill: theme.colors.text.secondary,
    fontSize: theme.typography.bodySmall.fontSize,
    fontFamily: theme.typography.fontFamily,
    userSelect: 'none' as const,
  };
  const color = theme.visualization.getColorByName('orange');
  return {
    plot: css({ display: 'block', touchAction: 'none', cursor: 'crosshair' }),
    grid: css({ stroke: theme.colors.border.weak }),
    xTick: css({ ...text, textAnchor: 'middle' }),
    yTick: css({ ...text, textAnchor: 'end', dominantBaseline: 'middle' }),
    area: css({ fill: color, opacity: 0.15 }),
    line: css({ fill: 'none', stroke: color, strokeWidth: 2 }),
    stroke: css({ fill: 'none', stroke: theme.colors.text.primary, strokeWidth: 1, strokeDasharray: '4 4' }),
    corner: css({
      fill: color,
      stroke: theme.colors.background.primary,
      strokeWidth: 2,
      cursor: 'move',
      outline: 'none',
      '&:focus-visible': { stroke: theme.colors.primary.border, strokeWidth: 3 },
    }),
  };
};
