import React, { useMemo } from 'react';
import { css } from '@emotion/css';
import { dateTimeFormat, type GrafanaTheme2 } from '@grafana/data';
import type { TimeZone } from '@grafana/schema';
import { t } from '../translations';
import { DrawStyle, LineInterpolation, PointVisibility, useStyles2, useTheme2 } from '@grafana/ui';
import type { AlignedData } from 'uplot';
import { formatProbability } from '../formatting/formatProbability';
import { useLatest } from '../hooks/useLatest';
import { shortfallColor } from './chartColors';
import { ChartDescription } from './ChartDescription';
import type { Values } from './fan';
import { TimeChart, type ChartSync } from './TimeChart';
import { timeChartConfig } from './timeChartConfig';

export interface ProbabilityLaneProps {
  readonly title: string;
  readonly timesMs: readonly number[];
  /** 0 to 1 at each time. */
  readonly probability: Values;
  /** The accepted probability, drawn as a line; null without one. */
  readonly risk: number | null;
  readonly width: number;
  readonly height: number;
  readonly fromMs: number;
  readonly toMs: number;
  readonly timeZone: TimeZone;
  readonly nowMs: number | null;
  readonly valueAxisWidth?: number;
  readonly sync?: ChartSync;
  readonly onZoom?: (range: { readonly from: number; readonly to: number }) => void;
}

const RISK_DASH = [2, 4];

/** How likely demand exceeds capacity, instant by instant, below the chart of both. */
export function ProbabilityLane(props: ProbabilityLaneProps) {
  const { timesMs, probability, risk, timeZone, valueAxisWidth } = props;
  const theme = useTheme2();
  const styles = useStyles2(getStyles);
  const current = useLatest(props);
  const hasRisk = risk !== null;
  const isNowShown = props.nowMs !== null;
  const data = useMemo(
    () => [timesMs, probability, ...(risk === null ? [] : [timesMs.map(() => risk)])] as unknown as AlignedData,
    [timesMs, probability, risk]
  );
  const config = useMemo(() => {
    const color = shortfallColor(theme);
    const builder = timeChartConfig({
      theme,
      timeZone,
      getRange: () => [current().fromMs, current().toMs],
      getNowMs: () => (isNowShown ? current().nowMs : null),
      nowLabel: '',
      isTimeAxisShown: true,
      valueAxis: { format: (value) => formatProbability(value), width: valueAxisWidth, min: 0, max: 1 },
      pointColor: (index) => (index === 1 ? color : null),
    });
    builder.addSeries({
      theme,
      scaleKey: 'y',
      drawStyle: DrawStyle.Line,
      lineInterpolation: LineInterpolation.StepAfter,
      lineColor: color,
      lineWidth: 1,
      fillOpacity: 30,
      showPoints: PointVisibility.Never,
      spanNulls: false,
    });
    if (hasRisk) {
      builder.addSeries({
        theme,
        scaleKey: 'y',
        drawStyle: DrawStyle.Line,
        lineColor: theme.colors.text.secondary,
        lineWidth: 1,
        lineStyle: { fill: 'dash', dash: RISK_DASH },
        showPoints: PointVisibility.Never,
        spanNulls: true,
      });
    }
    return builder;
  }, [theme, timeZone, valueAxisWidth, hasRisk, isNowShown, current]);

  const description = useMemo(
    () => describe(props.title, timesMs, probability, timeZone),
    [props.title, timesMs, probability, timeZone]
  );

  return (
    <ChartDescription description={description}>
      <TimeChart
        config={config}
        data={data}
        width={props.width}
        height={props.height}
        sync={props.sync}
        onZoom={props.onZoom}
        renderTooltip={(indices) => {
          const index = indices[1];
          const value = index === null || index === undefined ? undefined : probability[index];
          const timeMs = index === null || index === undefined ? undefined : timesMs[index];
          if (value === null || value === undefined || timeMs === undefined) {
            return null;
          }
          return (
            <div className={styles.tooltip}>
              <div>{dateTimeFormat(timeMs, { timeZone })}</div>
              <strong>
                {t('charts.lane.at', 'Shortfall probability {{probability}}', {
                  probability: formatProbability(value),
                })}
              </strong>
            </div>
          );
        }}
      />
    </ChartDescription>
  );
}

function describe(title: string, timesMs: readonly number[], probability: Values, timeZone: TimeZone) {
  let peak: { readonly value: number; readonly timeMs: number } | undefined;
  probability.forEach((value, index) => {
    const timeMs = timesMs[index];
    if (value !== null && value !== undefined && timeMs !== undefined && (peak === undefined || value > peak.value)) {
      peak = { value, timeMs };
    }
  });
  const summary =
    peak === undefined
      ? t('charts.lane.nothing', 'no forecast of a shortfall in this range')
      : t('charts.lane.peak', 'highest {{probability}} at {{time}}', {
          probability: formatProbability(peak.value),
          time: dateTimeFormat(peak.timeMs, { timeZone }),
        });
  return { summary: `${title}: ${summary}`, columns: [], rows: [] };
}

const getStyles = (theme: GrafanaTheme2) => ({
  tooltip: css({ padding: theme.spacing(1), fontSize: theme.typography.bodySmall.fontSize }),
});
