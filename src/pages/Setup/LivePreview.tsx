import React from 'react';
import { Alert, Stack, Text } from '@grafana/ui';
import type { ForecastResponse } from '../../../contract/api.ts';
import { quantileOf } from '../../charts/bandsFromLevels';
import { secondsOf } from '../../formatting/durations';
import { formatReplicas } from '../../formatting/formatReplicas';
import { valueFormatter } from '../../formatting/valueFormatter';
import { useDebounced } from '../../hooks/useDebounced';
import { previewForecast } from '../../sidecar/preview';
import { PAGE_LEVELS } from '../../sidecar/useForecast';
import { useResource } from '../../sidecar/useResource';
import { FailureNotice } from '../../states/FailureNotice';
import { testIds } from '../../testIds';
import { t } from '../../translations';
import { ForecastFrame } from '../ForecastFrame';
import type { SetupDraft } from './model/setupDraft';
import { choiceOf } from './model/stepChoices';

const SETTLED_MS = 600;
const FRAME_HEIGHT = 380;
const NEED_LEVEL = 0.9;

/** The forecast of what is chosen so far, made anew whenever that has stood still for a moment. */
export function LivePreview({ draft }: { readonly draft: SetupDraft }) {
  const isChosen = draft.source !== '' && draft.query !== '';
  const key = useDebounced(JSON.stringify([draft.source, draft.query, draft.step]), SETTLED_MS);
  const { resource, isLoading, reload } = useResource(
    async (signal) => {
      const [source, query, step] = JSON.parse(key) as [string, SetupDraft['query'], string];
      const { horizon, history } = choiceOf(step);
      return source === '' || query === ''
        ? null
        : previewForecast(
            {
              query: { source, query: query as string | Record<string, unknown>, step, history },
              horizon: Math.max(1, Math.round(secondsOf(horizon) / secondsOf(step))),
              levels: [...PAGE_LEVELS],
            },
            signal
          );
    },
    { key: `setup ${key}` }
  );
  if (isChosen && resource.kind === 'failed') {
    return <FailureNotice failure={resource.failure} onRetry={reload} />;
  }
  const response = isChosen && resource.kind === 'ready' ? resource.value : null;
  const horizonMs = secondsOf(choiceOf(draft.step).horizon) * 1000;
  const nowMs = (response?.issuedAt ?? 0) * 1000;
  return (
    <div data-testid={testIds.setup.preview}>
      <Stack direction="column" gap={1}>
        <ForecastFrame
          title={t('setup.preview.title', 'Preview of the forecast')}
          name={draft.name === '' ? draft.activity : draft.name}
          unit={draft.unit}
          response={response}
          isLoading={isChosen && isLoading}
          height={FRAME_HEIGHT}
          fromMs={nowMs - 2 * horizonMs}
          nowMs={nowMs}
          testId={testIds.setup.chart}
        >
          <Text color="secondary">
            {isChosen
              ? t('setup.preview.loading', 'Reading history and forecasting…')
              : t('setup.preview.nothing', 'Choose a source and a demand: its forecast is drawn here at once.')}
          </Text>
        </ForecastFrame>
        {response !== null && <Need response={response} draft={draft} />}
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
    </div>
  );
}

/** The highest demand to come, and the replicas that it takes where one of them is known to serve so much. */
function Need({ response, draft }: { readonly response: ForecastResponse; readonly draft: SetupDraft }) {
  const likely = quantileOf(response, NEED_LEVEL)?.filter((value) => value !== null && value !== undefined) ?? [];
  if (likely.length === 0) {
    return null;
  }
  const peak = Math.max(...likely);
  const format = valueFormatter(draft.unit);
  const perReplica = Number(draft.perReplica);
  return (
    <div data-testid={testIds.setup.need} role="status">
      <Text>
        {t('setup.preview.peak', 'At its highest, demand is below {{peak}} nine times in ten.', {
          peak: format(peak),
        })}{' '}
        {perReplica > 0
          ? t('setup.preview.need', 'That takes {{replicas}}.', {
              replicas: formatReplicas(Math.ceil(peak / perReplica)),
            })
          : ''}
      </Text>
    </div>
  );
}
