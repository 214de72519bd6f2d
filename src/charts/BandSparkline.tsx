import React, { useEffect, useRef } from 'react';
import { colorManipulator } from '@grafana/data';
import { useTheme2 } from '@grafana/ui';
import { fanColors } from './chartColors';
import { drawSparkline, type Sparkline } from './drawSparkline';

interface BandSparklineProps {
  readonly sparkline: Sparkline;
  /** In the unit of the sparkline's times. */
  readonly now: number;
  /** What the sparkline says, in words. */
  readonly label: string;
  readonly width: number;
  readonly height: number;
}

const BAND_OPACITY = 0.3;

/** A forecast small enough for a table's cell: one canvas, no interaction. */
export function BandSparkline({ sparkline, now, label, width, height }: BandSparklineProps) {
  const theme = useTheme2();
  const ref = useRef<HTMLCanvasElement>(null);
  useEffect(() => {
    const canvas = ref.current;
    const ctx = canvas?.getContext('2d');
    if (canvas === null || !ctx) {
      return;
    }
    const ratio = window.devicePixelRatio || 1;
    canvas.width = width * ratio;
    canvas.height = height * ratio;
    ctx.setTransform(ratio, 0, 0, ratio, 0, 0);
    const { actual, forecast, capacity } = fanColors(theme, 0);
    drawSparkline(
      ctx,
      sparkline,
      now,
      { width, height },
      {
        actual,
        forecast,
        capacity,
        band: colorManipulator.alpha(forecast, BAND_OPACITY),
        now: theme.colors.border.strong,
      }
    );
  }, [sparkline, now, width, height, theme]);
  return <canvas ref={ref} role="img" aria-label={label} style={{ width, height, display: 'block' }} />;
}
