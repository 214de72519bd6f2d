import React, { useState } from 'react';
import { Combobox, Field, Stack } from '@grafana/ui';
import type { ResourceSummary } from '../../../contract/api.ts';
import { formatTime } from '../../formatting/formatTime';
import { ISSUED, useBacktest, type BacktestQuestion } from '../../sidecar/useBacktest';
import { FailureNotice } from '../../states/FailureNotice';
import { LoadingRows } from '../../states/LoadingRows';
import { testIds } from '../../testIds';
import type { UrlTimeRange } from '../../timeRange/useUrlTimeRange';
import { t } from '../../translations';
import { Section } from '../Section';
import { SliderField } from '../SliderField';
import { BacktestChart } from './BacktestChart';
import { BacktestFigures } from './BacktestFigures';
import { BASELINE } from './leaderboardRows';

interface BacktestSectionProps {
  readonly workload: string;
  readonly resource: ResourceSummary;
  /** Seconds that a forecast reaches ahead, and between its instants. */
  readonly horizon: number;
  readonly step: number;
  /** Names of models that can forecast it anew. */
  readonly models: readonly string[];
  readonly now: number;
  readonly time: UrlTimeRange;
}

const HOUR_SECONDS = 3600;

/** What was said at an instant of the past, or would have been, over what came then. */
export function BacktestSection(props: BacktestSectionProps) {
  const { workload, resource, horizon, models, now, time } = props;
  const latest = Math.floor((now - HOUR_SECONDS) / HOUR_SECONDS) * HOUR_SECONDS;
  const earliest = Math.min(latest, Math.ceil(time.range.from.valueOf() / 1000 / HOUR_SECONDS) * HOUR_SECONDS);
  const lastFull = Math.max(earliest, latest - Math.ceil(horizon / HOUR_SECONDS) * HOUR_SECONDS);
  const [moved, setMoved] = useState<number | null>(null);
  const [kept, setKept] = useState<number | null>(null);
  const [model, setModel] = useState(() => models.find((name) => name === 'auto') ?? BASELINE);
  const within = (at: number | null) => Math.min(latest, Math.max(earliest, at ?? lastFull));
  const cutoff = within(kept);
  const question = { workload, resource: resource.name, cutoff, horizon };
  const hoursBack = (at: number) => Math.round((latest - at) / HOUR_SECONDS);
  return (
    <Section title={t('models.backtest.title', 'What was said then')} testId={testIds.models.backtest}>
      <Stack direction="column" gap={2}>
        <Stack direction="row" gap={2} wrap="wrap" alignItems="flex-end">
          <Field noMargin label={t('models.backtest.model', 'By')}>
            <Combobox<string>
              id="headroom-backtest-model"
              width={36}
              options={[
                ...models.map((name) => ({
                  value: name,
                  label: name,
                  description: t('models.backtest.anew', 'Forecasts anew from what was measured until then'),
                })),
                {
                  value: ISSUED,
                  label: t('models.backtest.issued', 'As it was issued'),
                  description: t('models.backtest.issuedWhat', 'Kept whole for one horizon'),
                },
              ]}
              value={model}
              onChange={({ value }) => setModel(value)}
            />
          </Field>
          <div style={{ flex: '1 1 320px', maxWidth: 640 }}>
            <SliderField
              label={t('models.backtest.when', 'Nothing is seen after')}
              text={formatTime(within(moved ?? kept), time.timeZone)}
              isNumberHidden
              min={0}
              max={Math.max(1, hoursBack(earliest))}
              step={1}
              value={hoursBack(earliest) - hoursBack(within(moved ?? kept))}
              onMove={(hours) => setMoved(earliest + hours * HOUR_SECONDS)}
              onCommit={(hours) => {
                setMoved(null);
                setKept(earliest + hours * HOUR_SECONDS);
              }}
            />
          </div>
        </Stack>
        <Explored key={model} {...props} question={{ ...question, model }} />
      </Stack>
    </Section>
  );
}

interface ExploredProps extends BacktestSectionProps {
  readonly question: BacktestQuestion;
}

function Explored({ question, resource, time }: ExploredProps) {
  const own = useBacktest(question);
  const baseline = useBacktest({ ...question, model: BASELINE });
  const { resource: answer, reload } = own;
  return (
    <>
      {answer.kind === 'loading' && (
        <LoadingRows label={t('models.backtest.loading', 'Forecasting from what was known then')} />
      )}
      {answer.kind === 'failed' && <FailureNotice failure={answer.failure} onRetry={reload} />}
      {answer.kind === 'ready' && (
        <Stack direction="column" gap={1}>
          <BacktestChart backtest={answer.value} question={question} unit={resource.unit} timeZone={time.timeZone} />
          <BacktestFigures
            own={answer.value}
            baseline={
              question.model !== BASELINE && baseline.resource.kind === 'ready' ? baseline.resource.value : undefined
            }
          />
        </Stack>
      )}
    </>
  );
}
