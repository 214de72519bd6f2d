import React, { useMemo } from 'react';
import { DashboardCursorSync, LoadingState } from '@grafana/data';
import { t } from '../../translations';
import { PanelChrome, Stack, Text, VizLayout } from '@grafana/ui';
import type { WorkloadSummary } from '../../../contract/api.ts';
import { FanChart } from '../../charts/FanChart';
import { FanLegend } from '../../charts/FanLegend';
import { forecastFan, toMs } from '../../charts/forecastFan';
import type { Values } from '../../charts/fan';
import type { Mark } from '../../charts/marks';
import { ProbabilityLane } from '../../charts/ProbabilityLane';
import { useElementWidth } from '../../hooks/useElementWidth';
import { useHiddenParts } from '../../charts/useHiddenParts';
import { formatDuration } from '../../formatting/formatDuration';
import { isBinaryUnit } from '../../formatting/isBinaryUnit';
import { grafanaUnit, valueFormatter } from '../../formatting/valueFormatter';
import { sidecarDatasourceUid } from '../../links/exploreUrl';
import type { RangedForecast } from '../../sidecar/useForecast';
import { useAppState } from '../../states/appState';
import { testIds } from '../../testIds';
import type { UrlTimeRange } from '../../timeRange/useUrlTimeRange';
import { PanelLinks } from './PanelLinks';
import type { UrlForecastRange } from './useForecastRange';

interface ForecastPanelProps {
  readonly workload: WorkloadSummary;
  readonly resource: string;
  /** Null while it is loading. */
  readonly forecast: RangedForecast | null;
  readonly marks: readonly Mark[];
  /** The accepted probability of a shortfall. */
  readonly risk: number | null;
  readonly time: UrlTimeRange;
  readonly chosen: UrlForecastRange;
  readonly isLoading: boolean;
  /** The capacity that is recommended, over the forecast's times; undefined where none is. */
  readonly plan: Values | undefined;
  /** Charts of one scope share their cursor. */
  readonly scope: string;
  readonly height: number;
}

/** Below this width the panel's tools are a menu. */
const NARROW_WIDTH = 640;
const LANE_HEIGHT = 96;
const LANE_TITLE_HEIGHT = 22;
const AXIS_WIDTH = 76;

/** The fan chart and, on the same time axis and cursor, the probability of a shortfall. */
export function ForecastPanel({
  workload,
  resource,
  forecast,
  marks,
  risk,
  time,
  chosen,
  isLoading,
  plan,
  scope,
  height,
}: ForecastPanelProps) {
  const [ref, width] = useElementWidth<HTMLDivElement>();
  const { datasourceUid } = useAppState();
  const explore = useMemo(() => sidecarDatasourceUid(datasourceUid), [datasourceUid]);
  const title = t('workload.chart.title', '{{resource}} of {{workload}}', { resource, workload: workload.name });
  return (
    <Stack direction="column" gap={0.5}>
      <div ref={ref} style={{ minHeight: height }}>
        {width > 0 && (
          <PanelChrome
            width={width}
            height={height}
            title={t('workload.chart.panel', 'Forecast of {{resource}}', { resource })}
            loadingState={isLoading ? LoadingState.Loading : undefined}
            actions={
              explore !== undefined && (
                <PanelLinks
                  datasourceUid={explore}
                  workload={workload.name}
                  resource={resource}
                  time={time}
                  chosen={chosen}
                  isNarrow={width < NARROW_WIDTH}
                  canFallShort={forecast?.response.shortfallProbability.some((value) => value !== null) === true}
                />
              )
            }
          >
            {(innerWidth, innerHeight) =>
              forecast === null ? null : (
                <Charts
                  title={title}
                  forecast={forecast}
                  marks={marks}
                  resource={resource}
                  risk={risk}
                  plan={plan}
                  scope={scope}
                  time={time}
                  width={innerWidth}
                  height={innerHeight}
                />
              )
            }
          </PanelChrome>
        )}
      </div>
      <Text variant="bodySmall" color="secondary">
        {forecast === null ? '\u00a0' : madeBy(forecast.response)}
      </Text>
    </Stack>
  );
}

interface ChartsProps {
  readonly title: string;
  readonly forecast: RangedForecast;
  readonly marks: readonly Mark[];
  readonly resource: string;
  readonly risk: number | null;
  readonly plan: Values | undefined;
  readonly scope: string;
  readonly time: UrlTimeRange;
  readonly width: number;
  readonly height: number;
}

function Charts({ title, forecast, marks, resource, risk, plan, scope, time, width, height }: ChartsProps) {
  const { response, fromMs, toMs: untilMs } = forecast;
  const [hidden, toggle] = useHiddenParts();
  const timesMs = useMemo(() => toMs(response.times), [response]);
  const fans = useMemo(() => [{ ...forecastFan(response, resource), plan }], [response, resource, plan]);
  const format = useMemo(() => valueFormatter(response.unit), [response.unit]);
  const hasLane = response.shortfallProbability.some((value) => value !== null);
  const nowMs = response.now * 1000;
  const shared = {
    timesMs,
    fromMs,
    toMs: untilMs,
    timeZone: time.timeZone,
    nowMs,
    valueAxisWidth: AXIS_WIDTH,
    sync: { mode: DashboardCursorSync.Crosshair, scope },
    onZoom: ({ from, to }: { readonly from: number; readonly to: number }) => time.setAbsolute(from, to),
  };
  if (response.times.length === 0) {
    return <Text color="secondary">{t('workload.chart.empty', 'Nothing is known of this time range.')}</Text>;
  }
  const laneTitle = t('workload.lane.title', 'Probability of a shortfall');
  return (
    <VizLayout
      width={width}
      height={height}
      legend={
        <VizLayout.Legend placement="bottom">
          <FanLegend fans={fans} hidden={hidden} onToggle={toggle} placement="bottom" />
        </VizLayout.Legend>
      }
    >
      {(chartWidth, chartHeight) => (
        <>
          <div data-testid={testIds.workload.chart}>
            <FanChart
              {...shared}
              title={title}
              fans={fans}
              marks={marks}
              hidden={hidden}
              format={format}
              width={chartWidth}
              height={chartHeight - (hasLane ? LANE_HEIGHT + LANE_TITLE_HEIGHT : 0)}
              softMin={0}
              isBinary={isBinaryUnit(grafanaUnit(response.unit))}
              isTimeAxisShown={!hasLane}
            />
          </div>
          {hasLane && (
            <div data-testid={testIds.workload.lane}>
              <div style={{ height: LANE_TITLE_HEIGHT }}>
                <Text variant="bodySmall" color="secondary" truncate>
                  {risk === null
                    ? laneTitle
                    : t('workload.lane.titleRisk', 'Probability of a shortfall (dotted: what is accepted)')}
                </Text>
              </div>
              <ProbabilityLane
                {...shared}
                title={laneTitle}
                probability={response.shortfallProbability}
                risk={risk}
                width={chartWidth}
                height={LANE_HEIGHT}
              />
            </div>
          )}
        </>
      )}
    </VizLayout>
  );
}

function madeBy({ model, issuedAt, now }: RangedForecast['response']): string {
  if (model === null || issuedAt === null) {
    return t('workload.chart.noForecast', 'There is no forecast yet.');
  }
  return t('workload.chart.madeBy', 'Forecast by {{model}}, made {{ago}} ago', {
    model,
    ago: formatDuration(now - issuedAt),
  });
}
