import React, { useMemo, useState } from 'react';
import { PluginPage } from '@grafana/runtime';
import { Trans } from '@grafana/i18n';
import { t } from '../../translations';
import {
  Alert,
  Button,
  Combobox,
  EmptyState,
  Field,
  InlineField,
  LinkButton,
  RadioButtonGroup,
  Stack,
} from '@grafana/ui';
import { useSearchParams } from 'react-router-dom';
import { PARAMS, setupUrl } from '../../routes';
import { isAllowed } from '../../sidecar/isAllowed';
import { PERMISSIONS } from '../../sidecar/permissions';
import { useResource } from '../../sidecar/useResource';
import { LoadingRows } from '../../states/LoadingRows';
import { testIds } from '../../testIds';
import { readForecastParams, type ForecastParams } from './forecastParams';
import {
  choiceLabel,
  DEFAULT_HISTORY,
  DEFAULT_HORIZON,
  HISTORIES,
  HORIZONS,
  type History,
  type Horizon,
} from './historyChoices';
import { PreviewPanel } from './PreviewPanel';
import { queryHistory, type HistoryAnswer } from './queryHistory';

/** A forecast of any query of any data source; nothing is stored. */
export default function Forecast() {
  const [params] = useSearchParams();
  const asked = useMemo(() => readForecastParams(params), [params]);
  return (
    <PluginPage
      pageNav={{ text: asked?.title ? asked.title : t('forecast.title', 'Forecast') }}
      actions={
        asked !== null && isAllowed(PERMISSIONS.admin) ? (
          <LinkButton
            variant="secondary"
            icon="plus"
            href={setupUrl({
              [PARAMS.datasource]: asked.datasourceUid,
              [PARAMS.query]: JSON.stringify(asked.query),
              [PARAMS.panelTitle]: asked.title,
            })}
            data-testid={testIds.setup.fromPanel}
          >
            {t('forecast.toWorkload', 'Make it a workload')}
          </LinkButton>
        ) : undefined
      }
      subTitle={t('forecast.subtitle', 'A preview: made from the data source’s own history, and not stored.')}
    >
      <div data-testid={testIds.forecast.page}>{asked === null ? <NothingAsked /> : <Preview asked={asked} />}</div>
    </PluginPage>
  );
}

function NothingAsked() {
  return (
    <div data-testid={testIds.states.empty}>
      <EmptyState variant="call-to-action" message={t('forecast.nothing.title', 'Choose a panel to forecast')}>
        <Trans i18nKey="forecast.nothing.how">
          Open a dashboard, open the menu of a panel that shows numbers over time, and choose “Forecast this panel”.
        </Trans>
      </EmptyState>
    </div>
  );
}

function Preview({ asked }: { readonly asked: ForecastParams }) {
  const [history, setHistory] = useState<History>(DEFAULT_HISTORY);
  const [horizon, setHorizon] = useState<Horizon>(DEFAULT_HORIZON);
  const { resource, reload } = useResource(
    (signal) =>
      queryHistory({ datasourceUid: asked.datasourceUid, query: asked.query, history, nowMs: Date.now() }, signal),
    { key: JSON.stringify([asked.datasourceUid, asked.query, history.value]) }
  );
  return (
    <Stack direction="column" gap={2}>
      <Stack direction="row" gap={2} wrap="wrap">
        <Field noMargin label={t('forecast.history', 'Learn from')} data-testid={testIds.forecast.history}>
          <RadioButtonGroup
            options={HISTORIES.map((each) => ({ value: each, label: choiceLabel(each.value) }))}
            value={history}
            onChange={setHistory}
          />
        </Field>
        <Field noMargin label={t('forecast.horizon', 'Look ahead')} data-testid={testIds.forecast.horizon}>
          <RadioButtonGroup
            options={HORIZONS.map((each) => ({ value: each, label: choiceLabel(each.value) }))}
            value={horizon}
            onChange={setHorizon}
          />
        </Field>
      </Stack>
      {resource.kind !== 'ready' ? (
        <LoadingRows label={t('forecast.loading', 'Asking the data source for its history')} />
      ) : (
        <Answer answer={resource.value} asked={asked} horizon={horizon} history={history} onRetry={reload} />
      )}
    </Stack>
  );
}

interface AnswerProps {
  readonly answer: HistoryAnswer;
  readonly asked: ForecastParams;
  readonly horizon: Horizon;
  readonly history: History;
  readonly onRetry: () => void;
}

function Answer({ answer, asked, horizon, history, onRetry }: AnswerProps) {
  const [chosen, setChosen] = useState<string | null>(null);
  const retry = (
    <Button variant="secondary" size="sm" icon="sync" onClick={onRetry}>
      <Trans i18nKey="failure.retry">Try again</Trans>
    </Button>
  );
  if (answer.kind === 'failed') {
    return (
      <Alert
        severity="error"
        title={t('forecast.queryFailed', 'The data source did not answer')}
        data-testid={testIds.states.failure}
      >
        <Stack direction="column" gap={1} alignItems="flex-start">
          {answer.message}
          {retry}
        </Stack>
      </Alert>
    );
  }
  const { series } = answer;
  const shown = series.find(({ name }) => name === chosen) ?? series[0];
  if (shown === undefined) {
    return (
      <div data-testid={testIds.states.empty}>
        <EmptyState
          variant="not-found"
          message={t('forecast.noSeries', 'The query has no numbers over time in the last {{history}}', {
            history: choiceLabel(history.value),
          })}
          button={retry}
        />
      </div>
    );
  }
  return (
    <>
      {series.length > 1 && (
        <InlineField label={t('forecast.series', 'Series')} data-testid={testIds.forecast.series}>
          <Combobox<string>
            width={60}
            options={series.map(({ name }) => ({ value: name, label: name }))}
            value={shown.name}
            onChange={({ value }) => setChosen(value)}
          />
        </InlineField>
      )}
      <PreviewPanel series={shown} title={asked.title} from={asked.from} horizon={horizon} history={history} />
    </>
  );
}
