import React, { useMemo } from 'react';
import { Stack, Text } from '@grafana/ui';
import type { Accuracy } from '../../../contract/api.ts';
import { CalibrationChart } from '../../charts/CalibrationChart';
import { formatProbability } from '../../formatting/formatProbability';
import { useServedForecast } from '../../sidecar/useServedForecast';
import { FailureNotice } from '../../states/FailureNotice';
import { LoadingRows } from '../../states/LoadingRows';
import { testIds } from '../../testIds';
import type { UrlTimeRange } from '../../timeRange/useUrlTimeRange';
import { t } from '../../translations';
import { Section } from '../Section';
import { SimpleTable } from '../SimpleTable';
import { calibrationPoints, forecastScores } from './forecastScores';
import { LEADS } from './leaderboardRows';

interface CalibrationSectionProps {
  readonly workload: string;
  readonly resource: string;
  readonly accuracy: readonly Accuracy[];
  readonly inCharge: string | null;
  readonly time: UrlTimeRange;
}

const SIZE = 340;
const BANDS = ['0.8', '0.9', '0.95'] as const;

/** Whether the forecasts that were served knew what they did not know. */
export function CalibrationSection({ workload, resource, accuracy, inCharge, time }: CalibrationSectionProps) {
  const { resource: served, reload } = useServedForecast({
    workload,
    resource,
    rawFrom: time.rawFrom,
    rawTo: time.rawTo,
  });
  const scored = useMemo(() => {
    const response = served.kind === 'ready' ? served.value : undefined;
    return response && { points: calibrationPoints(response), count: forecastScores(response).count };
  }, [served]);
  const own = accuracy.filter((each) => each.resource === resource && each.model === inCharge);
  return (
    <Section title={t('models.calibration.title', 'Calibration')} testId={testIds.models.calibration}>
      {served.kind === 'loading' && <LoadingRows label={t('models.calibration.loading', 'Loading past forecasts')} />}
      {served.kind === 'failed' && <FailureNotice failure={served.failure} onRetry={reload} />}
      {scored !== undefined && (
        <Stack direction="row" gap={4} wrap="wrap" alignItems="flex-start">
          <Stack direction="column" gap={1}>
            {scored.points.length === 0 ? (
              <Text color="secondary">
                {t('models.calibration.none', 'No forecast has met its truth in this time range.')}
              </Text>
            ) : (
              <>
                <CalibrationChart
                  title={t('models.calibration.of', 'Calibration of {{resource}}', { resource })}
                  points={scored.points}
                  nominalLabel={t('models.calibration.nominal', 'Said: at or below, with probability')}
                  heldLabel={t('models.calibration.held', 'Came: share of truths')}
                  size={SIZE}
                />
                <Text variant="bodySmall" color="secondary">
                  {t(
                    'models.calibration.note',
                    'What was served in this time range, a lead time ahead, over {{count}} truths. On the dashed line it is calibrated; below it forecasts lay too low, above it too high.',
                    { count: scored.count }
                  )}
                </Text>
              </>
            )}
          </Stack>
          {own.length > 0 && (
            <SimpleTable
              caption={t('models.calibration.bands', 'Bands of {{model}}, live', { model: inCharge ?? '' })}
              columns={[
                t('models.calibration.upTo', 'Up to'),
                ...BANDS.map((band) =>
                  t('models.calibration.band', '{{percent}}% band', { percent: Math.round(100 * Number(band)) })
                ),
              ]}
              rows={LEADS.flatMap((lead) => {
                const found = own.find((each) => each.lead === lead);
                return found === undefined
                  ? []
                  : [{ key: lead, cells: [lead, ...BANDS.map((band) => formatProbability(found.coverage[band]))] }];
              })}
            />
          )}
        </Stack>
      )}
    </Section>
  );
}
