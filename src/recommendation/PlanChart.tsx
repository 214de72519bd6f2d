import React, { useMemo } from 'react';
import { LoadingState } from '@grafana/data';
import { PanelChrome, Text, VizLayout } from '@grafana/ui';
import type { Recommendation } from '../../contract/recommendation.ts';
import type { Fan } from '../charts/fan';
import { FanChart } from '../charts/FanChart';
import { FanLegend } from '../charts/FanLegend';
import { forecastFan, toMs } from '../charts/forecastFan';
import { useHiddenParts } from '../charts/useHiddenParts';
import { valueFormatter } from '../formatting/valueFormatter';
import { useElementWidth } from '../hooks/useElementWidth';
import { useForecast, type RangedForecast } from '../sidecar/useForecast';
import { FailureNotice } from '../states/FailureNotice';
import { testIds } from '../testIds';
import { t } from '../translations';
import { planFan } from './planFan';

interface PlanChartProps {
  readonly recommendation: Recommendation;
  /** The activity that capacity is counted in; null while it is not known. */
  readonly demand: string | null;
  readonly timeZone: string;
}

const HEIGHT = 340;
const SPAN = { from: 'now-6h', to: 'now+24h' } as const;

/** The plan over time as steps of capacity, over the demand that is foreseen and beside the capacity of now. */
export function PlanChart({ recommendation, demand, timeZone }: PlanChartProps) {
  const [ref, width] = useElementWidth<HTMLDivElement>();
  return (
    <div ref={ref} style={{ minHeight: HEIGHT }} data-testid={testIds.recommendation.chart}>
      {width > 0 && demand !== null && (
        <Panel recommendation={recommendation} demand={demand} timeZone={timeZone} width={width} />
      )}
    </div>
  );
}

interface PanelProps {
  readonly recommendation: Recommendation;
  readonly demand: string;
  readonly timeZone: string;
  readonly width: number;
}

function Panel({ recommendation, demand, timeZone, width }: PanelProps) {
  const { resource, isLoading, reload } = useForecast({
    workload: recommendation.workload,
    resource: demand,
    range: 'day',
    aggregate: 'peak',
    rawFrom: SPAN.from,
    rawTo: SPAN.to,
  });
  if (resource.kind === 'failed') {
    return <FailureNotice failure={resource.failure} onRetry={reload} />;
  }
  return (
    <div aria-busy={resource.kind === 'loading'}>
      <PanelChrome
        width={width}
        height={HEIGHT}
        title={t('plan.chart.panel', 'The plan over the forecast of {{demand}}', { demand })}
        loadingState={isLoading ? LoadingState.Loading : undefined}
      >
        {(innerWidth, innerHeight) =>
          resource.kind === 'ready' ? (
            <Chart
              recommendation={recommendation}
              forecast={resource.value}
              timeZone={timeZone}
              width={innerWidth}
              height={innerHeight}
            />
          ) : null
        }
      </PanelChrome>
    </div>
  );
}

interface ChartProps {
  readonly recommendation: Recommendation;
  readonly forecast: RangedForecast;
  readonly timeZone: string;
  readonly width: number;
  readonly height: number;
}

function Chart({ recommendation, forecast, timeZone, width, height }: ChartProps) {
  const [hidden, toggle] = useHiddenParts();
  const { response, fromMs, toMs: untilMs } = forecast;
  const { plan, current, workload } = recommendation;
  const timesMs = useMemo(() => toMs(response.times), [response]);
  const fans = useMemo((): Fan[] => {
    return [{ ...forecastFan(response, response.resource), plan: planFan(response, { plan, current }) }];
  }, [response, plan, current]);
  const format = useMemo(() => valueFormatter(response.unit), [response.unit]);
  if (response.times.length === 0) {
    return <Text color="secondary">{t('workload.chart.empty', 'Nothing is known of this time range.')}</Text>;
  }
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
        <FanChart
          title={t('plan.chart.title', 'Demand of {{workload}}, its capacity now and by the plan', { workload })}
          timesMs={timesMs}
          fans={fans}
          hidden={hidden}
          width={chartWidth}
          height={chartHeight}
          fromMs={fromMs}
          toMs={untilMs}
          timeZone={timeZone}
          format={format}
          nowMs={response.now * 1000}
          softMin={0}
        />
      )}
    </VizLayout>
  );
}
