import React, { useMemo } from 'react';
import { DashboardCursorSync, type PanelProps } from '@grafana/data';
import { t } from '../../translations';
import { TooltipDisplayMode, usePanelContext, useTheme2, VizLayout } from '@grafana/ui';
import { FanChart } from '../../charts/FanChart';
import { FanLegend } from '../../charts/FanLegend';
import { ProbabilityLane } from '../../charts/ProbabilityLane';
import type { ChartSync } from '../../charts/TimeChart';
import { useHiddenParts } from '../../charts/useHiddenParts';
import { useNow } from '../../hooks/useNow';
import { testIds } from '../../testIds';
import { fieldFormatter } from './fieldFormatter';
import { fansOf } from './fansOf';
import { Hint, Message } from './Message';
import { mapFields } from './mapping/mapFields';
import { scaleOf } from './scaleOf';
import type { ForecastBandOptions } from './options';

const LANE_SHARE = 0.24;
const LEAST_LANE_HEIGHT = 56;
const LEAST_HEIGHT_WITH_LANE = 180;
const LANE_AXIS_WIDTH = 76;
const NOW_INTERVAL_MS = 30_000;

/** What was measured, the forecast as nested bands and the capacity, from any data source. */
export function ForecastBandPanel(props: PanelProps<ForecastBandOptions>) {
  const { data, width, height, options, timeRange, timeZone, onChangeTimeRange } = props;
  const theme = useTheme2();
  const { sync, eventsScope, eventBus } = usePanelContext();
  const [hidden, toggle] = useHiddenParts();
  const mapping = useMemo(() => mapFields(data.series, options.mapping), [data.series, options.mapping]);
  const fans = useMemo(() => (mapping === null ? [] : fansOf(mapping, options, theme)), [mapping, options, theme]);
  const lead = mapping?.groups[0]?.lead;
  const format = useMemo(() => fieldFormatter(lead), [lead]);
  const scale = useMemo(() => scaleOf(lead), [lead]);
  const nowMs = useNow(NOW_INTERVAL_MS);

  if (mapping === null || mapping.groups.length === 0) {
    return <Message mapping={mapping} hasSeries={data.series.length > 0} width={width} height={height} />;
  }

  const mode = sync?.() ?? DashboardCursorSync.Off;
  const shared = {
    timesMs: mapping.timesMs,
    fromMs: timeRange.from.valueOf(),
    toMs: timeRange.to.valueOf(),
    timeZone,
    nowMs: options.isNowLineShown ? nowMs : null,
    sync: { mode, scope: eventsScope, eventBus } satisfies ChartSync,
    onZoom: onChangeTimeRange,
  };
  const probability = options.isProbabilityShown
    ? mapping.groups.find((group) => group.probability !== undefined)?.probability
    : undefined;
  const legend = options.legend.showLegend ? (
    <VizLayout.Legend placement={options.legend.placement} width={options.legend.width}>
      <FanLegend
        fans={fans}
        hidden={hidden}
        onToggle={toggle}
        placement={options.legend.placement}
        displayMode={options.legend.displayMode}
      />
    </VizLayout.Legend>
  ) : null;

  return (
    <div data-testid={testIds.forecastBand.panel}>
      {!mapping.hasForecast && <Hint unused={mapping.unused} />}
      <VizLayout width={width} height={height} legend={legend}>
        {(chartWidth, chartHeight) => {
          const hasLane = probability !== undefined && chartHeight >= LEAST_HEIGHT_WITH_LANE;
          const laneHeight = hasLane ? Math.max(LEAST_LANE_HEIGHT, Math.round(chartHeight * LANE_SHARE)) : 0;
          return (
            <>
              <FanChart
                {...shared}
                {...scale}
                title={props.title}
                fans={fans}
                hidden={hidden}
                format={format}
                width={chartWidth}
                height={chartHeight - laneHeight}
                bandOpacity={options.bandOpacity / 100}
                isTimeAxisShown={!hasLane}
                valueAxisWidth={hasLane ? LANE_AXIS_WIDTH : undefined}
                isTooltipShown={options.tooltip.mode !== TooltipDisplayMode.None}
                tooltipMaxWidth={options.tooltip.maxWidth}
              />
              {hasLane && (
                <ProbabilityLane
                  {...shared}
                  title={t('panel.lane', 'Probability of a shortfall')}
                  probability={probability.values as Array<number | null>}
                  risk={null}
                  width={chartWidth}
                  height={laneHeight}
                  valueAxisWidth={LANE_AXIS_WIDTH}
                />
              )}
            </>
          );
        }}
      </VizLayout>
    </div>
  );
}
