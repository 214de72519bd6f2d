import React, { useState } from 'react';
import { PluginPage } from '@grafana/runtime';
import { Button, Combobox, EmptyState, RadioButtonGroup, Stack } from '@grafana/ui';
import { useSearchParams } from 'react-router-dom';
import { kpiBySchema, type KpiBy, type KpisResponse } from '../../../contract/kpis.ts';
import { ClickFailure } from '../../acting/ClickFailure';
import { PARAMS } from '../../routes';
import { useClick } from '../../sidecar/useClick';
import { exportKpis, useKpis, type KpisQuestion } from '../../sidecar/useKpis';
import type { Polled } from '../../sidecar/useResource';
import { useWorkloads } from '../../sidecar/useWorkloads';
import { FailureNotice } from '../../states/FailureNotice';
import { LoadingRows } from '../../states/LoadingRows';
import { StaleNotice } from '../../states/StaleNotice';
import { testIds } from '../../testIds';
import { t } from '../../translations';
import { saveFile } from '../Audit/saveFile';
import { FigureSection } from './FigureSection';
import { groupName } from './groupName';
import { GroupSection } from './GroupSection';
import { PlotSection } from './PlotSection';
import { PrintButton } from './PrintButton';
import { useReportPeriod, type PeriodName } from './useReportPeriod';

/** What Headroom was worth: in money, replica hours and violations, against the reactive autoscaler. */
export default function Report() {
  const period = useReportPeriod();
  const [params, setParams] = useSearchParams();
  const [nowMs] = useState(() => Date.now());
  const parsed = kpiBySchema.safeParse(params.get(PARAMS.by));
  const by = parsed.success ? parsed.data : 'workload';
  const workload = params.get(PARAMS.workload) ?? '';
  const question: KpisQuestion = {
    start: period.start,
    end: period.end,
    ...(workload === '' ? {} : { workload }),
  };
  const set = (name: string, value: string) =>
    setParams(
      (before) => {
        const after = new URLSearchParams(before);
        if (value === '') {
          after.delete(name);
        } else {
          after.set(name, value);
        }
        return after;
      },
      { replace: true }
    );
  const whole = useKpis(question);
  const grouped = useKpis({ ...question, by });
  return (
    <PluginPage
      pageNav={{ text: t('report.title', 'Report') }}
      subTitle={t('report.subtitle', 'What Headroom was worth, against the reactive autoscaler on the same demand.')}
      actions={
        <Stack direction="row" gap={1} wrap="wrap">
          <CsvButton question={{ ...question, by, period: 'day' }} />
          <PrintButton nowMs={nowMs} />
        </Stack>
      }
    >
      <div data-testid={testIds.report.page}>
        <Stack direction="column" gap={2}>
          <Filters
            period={period.name}
            onPeriod={period.choose}
            workload={workload}
            onWorkload={(value) => set(PARAMS.workload, value)}
            by={by}
            onBy={(value) => set(PARAMS.by, value)}
          />
          {whole.resource.kind === 'loading' && <LoadingRows label={t('report.loading', 'Adding up the days')} />}
          {whole.resource.kind === 'failed' && (
            <FailureNotice failure={whole.resource.failure} onRetry={whole.reload} />
          )}
          {whole.resource.kind === 'ready' && (
            <>
              {whole.resource.failure !== null && (
                <StaleNotice
                  failure={whole.resource.failure}
                  loadedAtMs={whole.resource.loadedAtMs}
                  onRetry={whole.reload}
                />
              )}
              <Figures whole={whole.resource.value} grouped={grouped} by={by} question={question} />
            </>
          )}
        </Stack>
      </div>
    </PluginPage>
  );
}

interface FiguresProps {
  readonly whole: KpisResponse;
  readonly grouped: Polled<KpisResponse>;
  readonly by: KpiBy;
  readonly question: KpisQuestion;
}

function Figures({ whole, grouped, by, question }: FiguresProps) {
  const [figures] = whole.figures;
  if (figures === undefined) {
    return (
      <div data-testid={testIds.states.empty}>
        <EmptyState variant="not-found" message={t('report.none', 'No day of this period has a figure')} role="status">
          {t(
            'report.noneDetail',
            'A day is reckoned an hour after it is over (UTC), where demand, its capacity and ready replicas are measured.'
          )}
        </EmptyState>
      </div>
    );
  }
  return (
    <>
      <FigureSection figures={figures} />
      <PlotSection question={question} group={null} />
      {grouped.resource.kind === 'loading' && <LoadingRows label={t('report.loading', 'Adding up the days')} />}
      {grouped.resource.kind === 'failed' && (
        <FailureNotice failure={grouped.resource.failure} onRetry={grouped.reload} />
      )}
      {grouped.resource.kind === 'ready' && <GroupSection by={by} figures={grouped.resource.value.figures} />}
    </>
  );
}

interface FiltersProps {
  readonly period: PeriodName | null;
  readonly onPeriod: (name: PeriodName) => void;
  readonly workload: string;
  readonly onWorkload: (name: string) => void;
  readonly by: KpiBy;
  readonly onBy: (by: KpiBy) => void;
}

function Filters({ period, onPeriod, workload, onWorkload, by, onBy }: FiltersProps) {
  const { resource: fleet } = useWorkloads();
  const names = fleet.kind === 'ready' ? fleet.value.workloads.map(({ name }) => name) : [];
  const known = workload === '' || names.includes(workload) ? names : [...names, workload];
  return (
    <div data-testid={testIds.report.filters}>
      <Stack direction="row" gap={1} wrap="wrap" alignItems="center">
        <RadioButtonGroup<PeriodName>
          aria-label={t('report.period', 'Period')}
          options={[
            { value: 'week', label: t('report.week', '7 days') },
            { value: 'month', label: t('report.month30', '30 days') },
            { value: 'quarter', label: t('report.quarter', '90 days') },
            { value: 'thisMonth', label: t('report.thisMonth', 'This month') },
            { value: 'lastMonth', label: t('report.lastMonth', 'Last month') },
          ]}
          value={period ?? undefined}
          onChange={onPeriod}
        />
        <div role="group" aria-label={t('report.oneWorkload', 'One workload')}>
          <Combobox<string>
            width={24}
            isClearable
            placeholder={t('report.allWorkloads', 'All workloads')}
            options={[...known].sort((a, b) => a.localeCompare(b)).map((value) => ({ value, label: value }))}
            value={workload === '' ? null : workload}
            onChange={(option) => onWorkload(option?.value ?? '')}
          />
        </div>
        <RadioButtonGroup<KpiBy>
          aria-label={t('report.groupBy', 'Told by')}
          options={(['workload', 'account', 'tier'] as const).map((value) => ({ value, label: groupName(value) }))}
          value={by}
          onChange={onBy}
        />
      </Stack>
    </div>
  );
}

function CsvButton({ question }: { readonly question: KpisQuestion }) {
  const { click, press } = useClick(
    (of: KpisQuestion) => exportKpis(of),
    (text) => saveFile('headroom-kpis.csv', 'text/csv', text)
  );
  return (
    <Stack direction="column" gap={1}>
      <Button
        variant="secondary"
        icon="download-alt"
        disabled={click.kind === 'running'}
        data-testid={testIds.report.csv}
        onClick={() => press(question)}
      >
        {t('report.csv', 'CSV')}
      </Button>
      <ClickFailure click={click} />
    </Stack>
  );
}
