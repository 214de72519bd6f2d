import React, { useCallback, useMemo, useRef, useState } from 'react';
import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { Alert, RadioButtonGroup, Stack, useStyles2 } from '@grafana/ui';
import type { WorkloadDetail } from '../../../contract/api.ts';
import { formatReplicas } from '../../formatting/formatReplicas';
import { useLatest } from '../../hooks/useLatest';
import { Sentence } from '../../sentences/Sentence';
import { testIds } from '../../testIds';
import { t } from '../../translations';
import { CompareTable } from './CompareTable';
import { FigureTiles } from './FigureTiles';
import { FrontierSection } from './FrontierSection';
import { figures } from './model/figures';
import { exportedReport } from './model/outcomes';
import { CHOSEN_PLAN, CURRENT_PLAN, currentPlan, planFileOf, type FrontierPoint } from './model/plans';
import type { ScenariosQuestion } from './model/scenarioParams';
import { ResultActions } from './ResultActions';
import { ScenarioCharts } from './ScenarioCharts';
import type { Simulations } from './simulation/useSimulations';

interface ResultsProps {
  readonly detail: WorkloadDetail;
  readonly names: readonly string[];
  readonly question: ScenariosQuestion;
  readonly simulations: Simulations;
  /** The plan that was chosen on the frontier; null while there is none. */
  readonly plan: FrontierPoint | null;
  readonly horizonSeconds: number;
  readonly timeZone: string;
  readonly onSet: (changes: { readonly resource?: string; readonly plan?: string }) => void;
}

/** What the scenarios bring: figures, charts, a comparison, and what safety costs. */
export function Results(props: ResultsProps) {
  const { detail, names, question, simulations, plan, horizonSeconds, timeZone, onSet } = props;
  const styles = useStyles2(getStyles);
  const charts = useRef<HTMLDivElement>(null);
  const frontier = useRef<HTMLDivElement>(null);
  const [judged, setJudged] = useState<string>(CURRENT_PLAN);
  const { summary } = detail;
  const { simulated } = simulations;
  const active = simulated[question.active];
  const sliders = simulated.map(({ slider }) => slider);
  const { currency } = summary.costHourly;
  const all = useMemo(() => figures(currency, horizonSeconds), [currency, horizonSeconds]);
  const main = useMemo(() => all.filter(({ isMain }) => isMain), [all]);
  const { current } = summary.replicas;
  const series = active?.slider ?? active?.full ?? null;
  const resources = series === null ? [] : [series.column, ...Object.keys(series.scenarios[0]?.resources ?? {})];
  const resource =
    question.resource !== null && resources.includes(question.resource) ? question.resource : resources[0];
  const planName =
    judged === CURRENT_PLAN
      ? t('scenarios.plan.current', 'the {{replicas}} replicas of now', { replicas: formatReplicas(current) })
      : t('scenarios.plan.chosen', 'the chosen plan');
  const chosen = judged === CHOSEN_PLAN ? plan : null;
  const planFile = useMemo(
    () => (chosen !== null ? planFileOf(CHOSEN_PLAN, chosen) : current === null ? null : currentPlan(current)),
    [chosen, current]
  );
  const latestOnSet = useLatest(onSet);
  const choose = useCallback((key: string) => latestOnSet()({ plan: key }), [latestOnSet]);
  const exported = simulated.flatMap((each, index) => {
    const report = exportedReport(each);
    return report === null ? [] : [{ name: names[index] ?? '', report }];
  });
  const warnings = [...new Set(simulated.flatMap(({ slider, full }) => (full ?? slider)?.warnings ?? []))];
  return (
    <>
      <Stack direction="row" gap={1} wrap="wrap" justifyContent="space-between" alignItems="center">
        <Stack direction="row" gap={1} wrap="wrap">
          <RadioButtonGroup<string>
            aria-label={t('scenarios.series', 'Series')}
            data-testid={testIds.scenarios.resource}
            size="sm"
            options={resources.map((value) => ({ value, label: value }))}
            value={resource}
            onChange={(value) => onSet({ resource: value })}
          />
          <RadioButtonGroup<string>
            aria-label={t('scenarios.plan.label', 'Judged with')}
            data-testid={testIds.scenarios.judged}
            size="sm"
            options={[
              {
                value: CURRENT_PLAN,
                label: t('scenarios.plan.currentShort', '{{replicas}} replicas of now', {
                  replicas: formatReplicas(current),
                }),
              },
              { value: CHOSEN_PLAN, label: t('scenarios.plan.chosenShort', 'Chosen plan') },
            ]}
            disabledOptions={plan === null ? [CHOSEN_PLAN] : []}
            value={judged}
            onChange={setJudged}
          />
        </Stack>
        <ResultActions
          workload={summary.name}
          exported={exported}
          charts={[charts, frontier]}
          isAsking={simulations.isAsking}
          onRefresh={simulations.refresh}
        />
      </Stack>
      <FigureTiles
        figures={main}
        report={sliders[question.active] ?? null}
        plan={judged}
        isStale={active?.isSliderCurrent !== true}
      />
      <div ref={charts} className={styles.charts} aria-busy={simulations.isAsking}>
        {resource !== undefined && (
          <ScenarioCharts
            detail={detail}
            names={names}
            simulated={simulated}
            resource={resource}
            planFile={planFile}
            judged={judged}
            timeZone={timeZone}
          />
        )}
      </div>
      <CompareTable figures={all} names={names} reports={sliders} plan={judged} planName={planName} />
      <FrontierSection
        key={question.active}
        pictured={frontier}
        report={active?.full ?? null}
        isCurrent={active?.isFullCurrent === true}
        scenario={names[question.active] ?? ''}
        chosen={question.plan}
        currency={currency}
        timeZone={timeZone}
        onChoose={choose}
      />
      {warnings.length > 0 && (
        <Alert severity="info" title={t('scenarios.warnings', 'Worth knowing about this simulation')}>
          <ul>
            {warnings.map((warning) => (
              <li key={warning}>
                <Sentence text={warning} />
              </li>
            ))}
          </ul>
        </Alert>
      )}
    </>
  );
}

const getStyles = (theme: GrafanaTheme2) => ({
  charts: css({
    display: 'grid',
    gap: theme.spacing(1),
    gridTemplateColumns: `repeat(auto-fit, minmax(min(100%, ${theme.spacing(50)}), 1fr))`,
  }),
});
