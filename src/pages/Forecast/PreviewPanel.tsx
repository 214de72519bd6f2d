import React from 'react';
import { t } from '../../translations';
import { Alert, Stack, Text } from '@grafana/ui';
import { formatDuration } from '../../formatting/formatDuration';
import { previewForecast } from '../../sidecar/preview';
import { PAGE_LEVELS } from '../../sidecar/useForecast';
import { useResource } from '../../sidecar/useResource';
import { FailureNotice } from '../../states/FailureNotice';
import { testIds } from '../../testIds';
import { toTimeRange } from '../../timeRange/toTimeRange';
import { ForecastFrame } from '../ForecastFrame';
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
  if (resource.kind === 'failed') {
    return <FailureNotice failure={resource.failure} onRetry={reload} />;
  }
  const endOfHistoryMs = (series.startSeconds + (series.values.length - 1) * series.stepSeconds) * 1000;
  return (
    <Stack direction="column" gap={1}>
      <ForecastFrame
        title={title === '' ? series.name : title}
        name={series.name}
        unit={series.unit}
        response={response}
        isLoading={isLoading}
        height={FRAME_HEIGHT}
        fromMs={leftEnd(from, endOfHistoryMs, horizon)}
        nowMs={endOfHistoryMs}
        testId={testIds.forecast.chart}
      />
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
