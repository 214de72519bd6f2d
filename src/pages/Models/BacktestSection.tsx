import React, { useMemo, useState } from 'react';
import { Combobox, Field, Stack, Text } from '@grafana/ui';
import type { ResourceSummary } from '../../../contract/api.ts';
import { FanChart } from '../../charts/FanChart';
import { FanLegend } from '../../charts/FanLegend';
import { forecastFan, toMs } from '../../charts/forecastFan';
import { useHiddenParts } from '../../charts/useHiddenParts';
import { formatNumber } from '../../formatting/formatNumber';
import { formatProbability } from '../../formatting/formatProbability';
import { formatTime } from '../../formatting/formatTime';
import { valueFormatter } from '../../formatting/valueFormatter';
import { useElementWidth } from '../../hooks/useElementWidth';
import { ISSUED, useBacktest, type Backtest } from '../../sidecar/useBacktest';
import { FailureNotice } from '../../states/FailureNotice';
import { LoadingRows } from '../../states/LoadingRows';
import { testIds } from '../../testIds';
import type { UrlTimeRange } from '../../timeRange/useUrlTimeRange';
import { t } from '../../translations';
import { Section } from '../Section';
import { SimpleTable } from '../SimpleTable';
import { SliderField } from '../SliderField';
import { forecastScores } from './forecastScores';
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

const HEIGHT = 300;
const AXIS_WIDTH = 76;
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
  readonly question: Parameters<typeof useBacktest>[0];
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
          <Chart backtest={answer.value} question={question} unit={resource.unit} timeZone={time.timeZone} />
          <Figures
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

interface ChartProps {
  readonly backtest: Backtest;
  readonly question: ExploredProps['question'];
  readonly unit: string;
  readonly timeZone: string;
}

function Chart({ backtest, question, unit, timeZone }: ChartProps) {
  const [ref, width] = useElementWidth<HTMLDivElement>();
  const [hidden, toggle] = useHiddenParts();
  const { resource, cutoff, horizon } = question;
  const timesMs = useMemo(() => toMs(backtest.times), [backtest]);
  const fans = useMemo(() => [forecastFan(backtest, resource)], [backtest, resource]);
  const format = useMemo(() => valueFormatter(unit), [unit]);
  return (
    <div ref={ref} style={{ minHeight: HEIGHT }}>
      {width > 0 && (
        <>
          <FanChart
            title={t('models.backtest.chart', '{{resource}}: what was foreseen at {{time}}, over what came', {
              resource,
              time: formatTime(cutoff, timeZone),
            })}
            timesMs={timesMs}
            fans={fans}
            hidden={hidden}
            format={format}
            width={width}
            height={HEIGHT}
            fromMs={(cutoff - horizon) * 1000}
            toMs={(cutoff + horizon) * 1000}
            timeZone={timeZone}
            nowMs={cutoff * 1000}
            nowLabel={t('models.backtest.then', 'then')}
            valueAxisWidth={AXIS_WIDTH}
            softMin={0}
          />
          <FanLegend fans={fans} hidden={hidden} onToggle={toggle} placement="bottom" />
        </>
      )}
    </div>
  );
}

function Figures({ own, baseline }: { readonly own: Backtest; readonly baseline: Backtest | undefined }) {
  const rows = [own, ...(baseline === undefined ? [] : [baseline])];
  const scores = rows.map((each) => ({ model: each.model, ...forecastScores(each) }));
  if (scores[0]?.count === 0) {
    return (
      <Text color="secondary">
        {own.model === null
          ? t('models.backtest.noHistory', 'Nothing was measured before this time.')
          : t('models.backtest.notYet', 'Nothing of what was foreseen has come yet.')}
      </Text>
    );
  }
  return (
    <SimpleTable
      caption={t('models.backtest.figures', 'How it did')}
      columns={[
        t('models.leaderboard.model', 'Model'),
        t('models.metric.crps', 'CRPS'),
        t('models.metric.coverage', '80% band held'),
        t('models.leaderboard.checked', 'Checked'),
      ]}
      rows={scores.map(({ model, crps, held80, count }, index) => ({
        key: `${index} ${model ?? ''}`,
        cells: [
          model ?? '–',
          crps === null ? '–' : formatNumber(crps, { maximumSignificantDigits: 3 }),
          formatProbability(held80),
          String(count),
        ],
      }))}
    />
  );
}
