import React, { useMemo, useState } from 'react';
import { css } from '@emotion/css';
import { getTimeZone, type GrafanaTheme2 } from '@grafana/data';
import { Alert, useStyles2 } from '@grafana/ui';
import type { WorkloadDetail } from '../../../contract/api.ts';
import type { KeptScenario } from '../../../contract/scenario.ts';
import { FailureNotice } from '../../states/FailureNotice';
import { LoadingRows } from '../../states/LoadingRows';
import { t } from '../../translations';
import { AssumedService } from './AssumedService';
import { Composer } from './Composer';
import { KeepControls } from './KeepControls';
import { freeName } from './model/freeName';
import { CHOSEN_PLAN, chosenPoint, currentPlan, planFileOf } from './model/plans';
import { serviceOf } from './model/serviceOf';
import { Results } from './Results';
import { ScenarioTabs } from './ScenarioTabs';
import { useSimulations } from './simulation/useSimulations';
import { UseControls } from './UseControls';
import { useOwnScenarios } from './useOwnScenarios';
import { useScenariosQuestion } from './useScenariosQuestion';

interface ScenarioExplorerProps {
  readonly detail: WorkloadDetail;
  readonly kept: readonly KeptScenario[];
  readonly onKept: () => void;
  /** The workload is declared otherwise. */
  readonly onDeclared: () => void;
}

const DAY_SECONDS = 86_400;
const STEP_SECONDS = 300;

/** Scenarios are put together on one side, and what they bring is seen on the other. */
export function ScenarioExplorer({ detail, kept, onKept, onDeclared }: ScenarioExplorerProps) {
  const styles = useStyles2(getStyles);
  const { summary, ranges, definition } = detail;
  const own = useOwnScenarios(detail);
  const state = useScenariosQuestion(kept, own.names);
  const { question, shown } = state;
  const [plan, setPlan] = useState<ReturnType<typeof chosenPoint>>(null);
  const day = ranges.find(({ range }) => range === 'day');
  const horizonSeconds = day?.horizon ?? DAY_SECONDS;
  const stepSeconds = day?.step ?? STEP_SECONDS;
  const { current } = summary.replicas;
  const service = question.serviceSeconds === null ? null : serviceOf(detail, question.serviceSeconds);
  const simulations = useSimulations(summary.name, {
    scenarios: shown.map(({ scenario }, index) => ({ ...scenario, name: `scenario-${index + 1}` })),
    active: question.active,
    isMoving: state.isMoving,
    plans: [
      ...(current === null ? [] : [currentPlan(current)]),
      ...(current === null || plan === null ? [] : [planFileOf(CHOSEN_PLAN, plan)]),
    ],
    service,
  });
  const active = simulations.simulated[question.active];
  const point = active?.full == null ? null : chosenPoint(active.full, question.plan);
  // The plan that a slider is judged by follows the full answer, which alone knows the frontier.
  if (active?.isFullCurrent === true && JSON.stringify(point) !== JSON.stringify(plan)) {
    setPlan(point);
  }
  const edited = shown[question.active];
  const targets = useMemo(
    () => [
      ...['demand', 'resources'],
      ...summary.resources.filter(({ kind }) => kind === 'resource').map(({ name }) => name),
    ],
    [summary]
  );
  if (edited === undefined) {
    return <LoadingRows label={t('scenarios.loadingKept', 'Loading the scenarios')} />;
  }
  const known = active?.slider ?? active?.full ?? null;
  return (
    <>
      {(state.unknown.length > 0 || question.unreadable.length > 0) && (
        <Alert severity="warning" title={t('scenarios.unreadable', 'Part of the link cannot be shown')}>
          {[...state.unknown, ...question.unreadable].map((each) => each.slice(0, 80)).join(', ')}
        </Alert>
      )}
      <div className={styles.sides}>
        <div className={styles.composer}>
          <ScenarioTabs
            shown={shown}
            active={question.active}
            onActive={(index) => state.set({ active: index })}
            onAdd={() => {
              const name = freeName(edited.scenario.name, new Set(shown.map(({ scenario }) => scenario.name)));
              state.add({ kind: 'composed', scenario: { ...edited.scenario, name } });
            }}
            onRemove={() => state.remove(question.active)}
          />
          <Composer
            shown={edited}
            kept={kept}
            own={own.names}
            targets={targets}
            stepSeconds={stepSeconds}
            horizonSeconds={horizonSeconds}
            onEdit={state.edit}
            onReplace={state.replace}
          />
          <KeepControls
            key={question.active}
            shown={edited}
            onKept={(scenario) => {
              state.replace({ kind: 'composed', scenario });
              onKept();
            }}
          />
          <UseControls
            key={`use ${question.active}`}
            detail={detail}
            shown={edited}
            own={own}
            onUsed={() => {
              own.reload();
              onDeclared();
            }}
          />
          {definition?.slo?.serviceSeconds === undefined && (
            <AssumedService
              seconds={question.serviceSeconds}
              isPossible={serviceOf(detail, 1) !== null}
              onChange={(serviceSeconds) => state.set({ serviceSeconds })}
            />
          )}
        </div>
        <div className={styles.results}>
          {active?.failure != null && <FailureNotice failure={active.failure} onRetry={simulations.refresh} />}
          {known === null && active?.failure == null ? (
            <LoadingRows label={t('scenarios.simulating', 'Simulating')} />
          ) : (
            <Results
              detail={detail}
              names={shown.map(({ scenario }) => scenario.name)}
              question={question}
              simulations={simulations}
              plan={plan}
              horizonSeconds={horizonSeconds}
              timeZone={getTimeZone()}
              onSet={state.set}
            />
          )}
        </div>
      </div>
    </>
  );
}

const getStyles = (theme: GrafanaTheme2) => ({
  sides: css({
    display: 'grid',
    gap: theme.spacing(2),
    gridTemplateColumns: 'minmax(0, 1fr)',
    alignItems: 'start',
    [theme.breakpoints.up('lg')]: {
      gridTemplateColumns: `minmax(${theme.spacing(40)}, ${theme.spacing(46)}) minmax(0, 1fr)`,
    },
  }),
  composer: css({
    display: 'flex',
    flexDirection: 'column',
    gap: theme.spacing(1.5),
    minWidth: 0,
    padding: theme.spacing(1.5),
    background: theme.colors.background.primary,
    border: `1px solid ${theme.colors.border.weak}`,
    borderRadius: theme.shape.radius.default,
  }),
  results: css({ display: 'flex', flexDirection: 'column', gap: theme.spacing(2), minWidth: 0 }),
});
