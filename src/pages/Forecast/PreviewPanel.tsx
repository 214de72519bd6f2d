import React, { useMemo } from 'react';
import { getTimeZone, LoadingState } from '@grafana/data';
import { t } from '../../translations';
import { Alert, PanelChrome, Stack, Text, VizLayout } from '@grafana/ui';
import { FanChart } from '../../charts/FanChart';
import { FanLegend } from '../../charts/FanLegend';
import { forecastFan, toMs } from '../../charts/forecastFan';
import { useElementWidth } from '../../hooks/useElementWidth';
import { useHiddenParts } from '../../charts/useHiddenParts';
import { formatDuration } from '../../formatting/formatDuration';
import { valueFormatter } from '../../formatting/valueFormatter';
import { previewForecast } from '../../sidecar/preview';
import { PAGE_LEVELS } from '../../sidecar/useForecast';
import { useResource } from '../../sidecar/useResource';
import { FailureNotice } from '../../states/FailureNotice';
import { testIds } from '../../testIds';
import { toTimeRange } from '../../timeRange/toTimeRange';
import type { History, Horizon } from './historyChoices';
import type { RegularSeries } from './regularSeries';

interface PreviewPanelProps {
  readonly series: RegularSeries;
  readonly title: string;
  /** The left end of the panel's range, as in its address. */
  readonly from: string | null;
  readonly history: History;
  readonly horizon: Horizon;
}

const FRAME_HEIGHT = 500;
const MOST_STEPS = 10_000;

/** The forecast of one posted series. */
export function PreviewPanel({ series, title, from, history, horizon }: PreviewPanelProps) {
  const [ref, width] = useElementWidth<HTMLDivElement>();
  const [hidden, toggle] = useHiddenParts();
  const steps = Math.min(MOST_STEPS, Math.max(1, Math.round(horizon.seconds / series.stepSeconds)));
  const { resource, isLoading, reload } = useResource(
    (signal) =>
      previewForecast(
        {
          series: { start: series.startSeconds, step: series.stepSeconds, values: [...series.values] },
          horizon: steps,
          levels: [...PAGE_LEVELS],
        },
        signal
      ),
    {
      key: [series.name, series.startSeconds, series.stepSeconds, series.values.length, history.value, steps].join(' '),
    }
  );
  const response = resource.kind === 'ready' ? resource.value : null;
  const format = useMemo(() => valueFormatter(series.unit), [series.unit]);
  const timesMs = useMemo(() => toMs(response?.times ?? []), [response]);
  const fans = useMemo(() => (response === null ? [] : [forecastFan(response, series.name)]), [response, series.name]);
  if (resource.kind === 'failed') {
    return <FailureNotice failure={resource.failure} onRetry={reload} />;
  }
  const endOfHistoryMs = (series.startSeconds + (series.values.length - 1) * series.stepSeconds) * 1000;
  return (
    <Stack direction="column" gap={1}>
      <div ref={ref} style={{ minHeight: FRAME_HEIGHT }}>
        {width > 0 && (
          <PanelChrome
            width={width}
            height={FRAME_HEIGHT}
            title={title === '' ? series.name : title}
            loadingState={isLoading ? LoadingState.Loading : undefined}
          >
            {(innerWidth, innerHeight) =>
              response === null ? null : (
                <VizLayout
                  width={innerWidth}
                  height={innerHeight}
                  legend={
                    <VizLayout.Legend placement="bottom">
                      <FanLegend fans={fans} hidden={hidden} onToggle={toggle} placement="bottom" />
                    </VizLayout.Legend>
                  }
                >
                  {(chartWidth, chartHeight) => (
                    <div data-testid={testIds.forecast.chart}>
                      <FanChart
                        title={series.name}
                        timesMs={timesMs}
                        fans={fans}
                        hidden={hidden}
                        width={chartWidth}
                        height={chartHeight}
                        fromMs={leftEnd(from, endOfHistoryMs, horizon)}
                        toMs={timesMs.at(-1) ?? endOfHistoryMs}
                        timeZone={getTimeZone()}
                        nowMs={endOfHistoryMs}
                        format={format}
                      />
                    </div>
                  )}
                </VizLayout>
              )
            }
          </PanelChrome>
        )}
      </div>
      {response !== null && (
        <Text variant="bodySmall" color="secondary">
          {t('forecast.madeBy', 'Forecast by {{model}} from {{count}} points, {{step}} apart.', {
            model: response.model ?? '–',
            count: series.values.length,
            step: formatDuration(series.stepSeconds),
          })}
        </Text>
      )}
      {response !== null && response.warnings.length > 0 && (
        <Alert severity="info" title={t('workload.warnings', 'Worth knowing about this forecast')}>
          <ul>
            {response.warnings.map((warning) => (
              <li key={warning}>{warning}</li>
            ))}
          </ul>
        </Alert>
      )}
    </Stack>
  );
}

/** Where the chart begins: where the panel did, but at least as far back as the forecast reaches ahead. */
function leftEnd(from: string | null, endMs: number, horizon: Horizon): number {
  const atLeast = endMs - 2 * horizon.seconds * 1000;
  const asked = from === null ? NaN : toTimeRange(from, 'now').from.valueOf();
  return Number.isNaN(asked) ? atLeast : Math.min(asked, endMs - horizon.seconds * 1000);
}
