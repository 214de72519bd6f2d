import React, { useState } from 'react';
import { Button, IconButton, Input, Stack, Text } from '@grafana/ui';
import { ShapeChart, type Corner } from '../../charts/ShapeChart';
import { formatDuration } from '../../formatting/formatDuration';
import { formatNumber } from '../../formatting/formatNumber';
import { useElementWidth } from '../../hooks/useElementWidth';
import { testIds } from '../../testIds';
import { t } from '../../translations';
import type { DrawnShape, ShapePoint } from './model/drawnShape';
import { moveCorner, removeCorner, withStroke } from './model/editShape';

interface DrawnFieldsProps {
  readonly shape: DrawnShape;
  readonly stepSeconds: number;
  readonly horizonSeconds: number;
  readonly onChange: (shape: DrawnShape, isMoving: boolean) => void;
}

const HEIGHT = 170;
const STEP_EXTRA = 0.05;
const LEAST_TOP = 1;

/** A load that is drawn: with the pointer, with the arrow keys, or in numbers. */
export function DrawnFields({ shape, stepSeconds, horizonSeconds, onChange }: DrawnFieldsProps) {
  const [ref, width] = useElementWidth<HTMLDivElement>();
  const [isNumbers, setIsNumbers] = useState(false);
  const { points } = shape;
  const highest = Math.max(LEAST_TOP, ...points.map(({ extra }) => extra));
  const top = Math.ceil(highest * 2) / 2 + (highest > LEAST_TOP ? 0.5 : 0);
  const set = (next: readonly ShapePoint[], isMoving: boolean) => onChange({ ...shape, points: next }, isMoving);
  const toPoint = ({ x, y }: Corner): ShapePoint => ({ seconds: x, extra: y });
  return (
    <Stack direction="column" gap={1}>
      <div ref={ref} data-testid={testIds.scenarios.drawing}>
        {width > 0 && (
          <ShapeChart
            corners={points.map(({ seconds, extra }) => ({ x: seconds, y: extra }))}
            maxX={horizonSeconds}
            maxY={top}
            stepX={stepSeconds}
            stepY={STEP_EXTRA}
            width={width}
            height={HEIGHT}
            label={t('scenarios.drawn.label', 'Load on top of what is forecast, over time')}
            formatX={(seconds) => formatDuration(seconds)}
            formatY={percent}
            cornerLabel={(index) => t('scenarios.drawn.corner', 'Point {{number}}', { number: index + 1 })}
            onMoveCorner={(index, corner, isDone) =>
              set(moveCorner(points, index, toPoint(corner), stepSeconds), !isDone)
            }
            onRemoveCorner={(index) => set(removeCorner(points, index), false)}
            onStroke={(stroke) => set(withStroke(points, stroke.map(toPoint), stepSeconds), false)}
          />
        )}
      </div>
      <Text variant="bodySmall" color="secondary">
        {t(
          'scenarios.drawn.how',
          'Draw a line, or move its points by mouse or arrow keys; Delete removes one. 100% is the usual level.'
        )}
      </Text>
      <Button
        variant="secondary"
        fill="text"
        size="sm"
        icon={isNumbers ? 'angle-down' : 'angle-right'}
        aria-expanded={isNumbers}
        onClick={() => setIsNumbers(!isNumbers)}
      >
        {t('scenarios.drawn.numbers', 'In numbers')}
      </Button>
      {isNumbers && <Numbers points={points} stepSeconds={stepSeconds} onChange={(next) => set(next, false)} />}
    </Stack>
  );
}

interface NumbersProps {
  readonly points: readonly ShapePoint[];
  readonly stepSeconds: number;
  readonly onChange: (points: readonly ShapePoint[]) => void;
}

function Numbers({ points, stepSeconds, onChange }: NumbersProps) {
  const last = points.at(-1) ?? { seconds: 0, extra: 0 };
  return (
    <Stack direction="column" gap={0.5}>
      {points.map(({ seconds, extra }, index) => (
        <Stack key={index} direction="row" gap={1} alignItems="center">
          <Input
            type="number"
            width={14}
            suffix={t('scenarios.drawn.minutes', 'min')}
            aria-label={t('scenarios.drawn.time', 'Point {{number}}: minutes from now', { number: index + 1 })}
            min={0}
            step={stepSeconds / 60}
            value={Math.round(seconds / 60)}
            onChange={({ currentTarget: { valueAsNumber } }) =>
              Number.isFinite(valueAsNumber) &&
              onChange(moveCorner(points, index, { seconds: valueAsNumber * 60, extra }, stepSeconds))
            }
          />
          <Input
            type="number"
            width={14}
            suffix="%"
            aria-label={t('scenarios.drawn.extra', 'Point {{number}}: on top, in per cent', { number: index + 1 })}
            min={0}
            step={5}
            value={Math.round(extra * 100)}
            onChange={({ currentTarget: { valueAsNumber } }) =>
              Number.isFinite(valueAsNumber) &&
              onChange(moveCorner(points, index, { seconds, extra: valueAsNumber / 100 }, stepSeconds))
            }
          />
          <IconButton
            name="trash-alt"
            aria-label={t('scenarios.drawn.remove', 'Remove point {{number}}', { number: index + 1 })}
            disabled={points.length <= 2}
            onClick={() => onChange(removeCorner(points, index))}
          />
        </Stack>
      ))}
      <div>
        <Button
          variant="secondary"
          size="sm"
          icon="plus"
          onClick={() => onChange([...points, { seconds: last.seconds + 12 * stepSeconds, extra: 0 }])}
        >
          {t('scenarios.drawn.add', 'Add a point')}
        </Button>
      </div>
    </Stack>
  );
}

function percent(extra: number): string {
  return formatNumber(extra, { style: 'percent', signDisplay: 'always' });
}
