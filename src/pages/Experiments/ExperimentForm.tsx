import React, { useState } from 'react';
import { Alert, Combobox, Field, Input, RadioButtonGroup, Stack, Text } from '@grafana/ui';
import { useNavigate } from 'react-router-dom';
import type { WorkloadSummary } from '../../../contract/api.ts';
import type { ExperimentOutcome, ExperimentPlanRequest } from '../../../contract/experiments.ts';
import { ActionButton } from '../../acting/ActionButton';
import { ChangeModal } from '../../acting/ChangeModal';
import { useDebounced } from '../../hooks/useDebounced';
import { experimentUrl } from '../../routes';
import { startExperiment } from '../../sidecar/experiments';
import { PERMISSIONS } from '../../sidecar/permissions';
import { useExperimentPlan } from '../../sidecar/useExperimentPlan';
import { useModels } from '../../sidecar/useModels';
import { useWorkload } from '../../sidecar/useWorkload';
import { testIds } from '../../testIds';
import { t } from '../../translations';
import { Section } from '../Section';
import { armName, outcomeName } from './experimentNames';
import { PowerSection } from './PowerSection';
import { testBlock } from './testBlock';
import { percentOf, triedSetting, type TriedDraft } from './triedDraft';
import { TriedFields } from './TriedFields';

interface ExperimentFormProps {
  readonly workload: string;
  readonly workloads: readonly WorkloadSummary[];
  /** Why nothing can be tried on it; null where it can. */
  readonly block: string | null;
  readonly onWorkload: (name: string) => void;
}

const WINDOWS = ['30m', '1h', '2h', '3h', '4h', '6h', '12h'] as const;
const OUTCOMES: readonly ExperimentOutcome[] = ['cost', 'replicas', 'violations'];
const TYPING_MS = 400;

/** The design of a test beside what it would find. */
export function ExperimentForm({ workload, workloads, block, onWorkload }: ExperimentFormProps) {
  const navigate = useNavigate();
  const { resource: known } = useWorkload(workload);
  const declared =
    known.kind === 'ready' ? (known.value.definition?.scaling?.risk ?? known.value.recommendation?.risk ?? null) : null;
  const [outcome, setOutcome] = useState<ExperimentOutcome | null>(null);
  const [window, setWindow] = useState<string>('2h');
  const [period, setPeriod] = useState<'day' | 'week'>('day');
  const [days, setDays] = useState('14');
  const [draft, setDraft] = useState<TriedDraft>({ kind: 'risk', risk: '5', policy: 'hpa', model: null });
  const [wanted, setWanted] = useState('');
  const [guard, setGuard] = useState('10');
  const [isAsked, setIsAsked] = useState(false);
  const { resource: models } = useModels();
  const challengers =
    models.kind === 'ready'
      ? models.value.roles
          .filter((role) => role.workload === workload && role.challenger !== null)
          .map(({ name, challenger }) => ({ name, version: challenger?.version ?? '' }))
      : [];
  const drawn: TriedDraft = { ...draft, model: draft.model ?? challengers[0]?.name ?? null };
  const b = triedSetting(drawn);
  const design: ExperimentPlanRequest = {
    workload,
    ...(outcome === null ? {} : { outcome }),
    window,
    period,
    days: Math.round(Number(days)),
    ...(b === null || drawn.kind === 'risk' ? {} : { b }),
  };
  const plan = useExperimentPlan(useDebounced(design, TYPING_MS));
  const shown = plan.resource.kind === 'ready' ? plan.resource.value : undefined;
  const worst = percentOf(guard);
  const blocked =
    block ??
    (b === null
      ? drawn.kind === 'model'
        ? t('experiments.block.challenger', 'There is no challenger to try.')
        : t('experiments.block.risk', 'The risk to try must lie between 0% and 100%.')
      : worst === null
        ? t('experiments.block.guard', 'The guard must lie between 0% and 100%.')
        : plan.resource.kind === 'failed'
          ? t('experiments.block.plan', 'This design is refused: see what it would find.')
          : null);
  return (
    <Stack direction="column" gap={2}>
      <Section title={t('experiments.design.title', 'What is tried')}>
        <Stack direction="column" gap={2}>
          <Stack direction="row" gap={2} wrap="wrap" alignItems="flex-start">
            <Field noMargin label={t('experiments.design.workload', 'Workload')}>
              <Combobox<string>
                id="headroom-experiment-workload"
                width={32}
                options={workloads.map((each) => ({
                  value: each.name,
                  label: each.name,
                  description: testBlock(each) ?? undefined,
                }))}
                value={workload}
                onChange={({ value }) => onWorkload(value)}
              />
            </Field>
            <TriedFields draft={drawn} declared={declared} challengers={challengers} onChange={setDraft} />
            <Field
              noMargin
              label={t('experiments.design.outcome', 'What is compared')}
              description={t('experiments.design.less', 'Less is better')}
            >
              <RadioButtonGroup<ExperimentOutcome>
                aria-label={t('experiments.design.outcome', 'What is compared')}
                options={OUTCOMES.map((value) => ({ value, label: outcomeName(value) }))}
                value={outcome ?? shown?.outcome ?? 'cost'}
                onChange={setOutcome}
              />
            </Field>
          </Stack>
          <Stack direction="row" gap={2} wrap="wrap" alignItems="flex-start">
            <Field noMargin label={t('experiments.design.window', 'Window')}>
              <Combobox<string>
                id="headroom-experiment-window"
                width={16}
                options={WINDOWS.map((value) => ({ value, label: value }))}
                value={window}
                onChange={({ value }) => setWindow(value)}
              />
            </Field>
            <Field noMargin label={t('experiments.design.period', 'Windows of a pair lie apart')}>
              <RadioButtonGroup<'day' | 'week'>
                aria-label={t('experiments.design.period', 'Windows of a pair lie apart')}
                options={[
                  { value: 'day', label: t('experiments.design.day', 'a day') },
                  { value: 'week', label: t('experiments.design.week', 'a week') },
                ]}
                value={period}
                onChange={setPeriod}
              />
            </Field>
            <Field
              noMargin
              label={t('experiments.design.days', 'Length')}
              description={t('experiments.design.daysHint', 'An even number of days; of weeks, fourteen')}
            >
              <Input
                id="headroom-experiment-days"
                type="number"
                min={2}
                max={112}
                step={2}
                width={16}
                suffix={t('experiments.design.daysSuffix', 'days')}
                value={days}
                onChange={(event) => setDays(event.currentTarget.value)}
              />
            </Field>
            <Field
              noMargin
              label={t('experiments.design.wanted', 'Smallest difference that matters')}
              description={t('experiments.design.wantedHint', 'Of the mean; says how long it has to last')}
            >
              <Input
                id="headroom-experiment-wanted"
                type="number"
                min={0.1}
                step={1}
                width={16}
                suffix="%"
                value={wanted}
                onChange={(event) => setWanted(event.currentTarget.value)}
              />
            </Field>
            <Field
              noMargin
              label={t('experiments.design.guard', 'Guard')}
              description={t('experiments.design.guardHint', 'It ends at once where more of a window violates the SLO')}
            >
              <Input
                id="headroom-experiment-guard"
                type="number"
                min={1}
                max={100}
                step={1}
                width={16}
                suffix="%"
                value={guard}
                onChange={(event) => setGuard(event.currentTarget.value)}
              />
            </Field>
          </Stack>
          {block !== null && (
            <Alert severity="info" title={block}>
              <Text>{t('experiments.block.still', 'What a test would find is shown all the same.')}</Text>
            </Alert>
          )}
          <div>
            <ActionButton
              permission={PERMISSIONS.scale}
              blocked={blocked}
              icon="play"
              testId={testIds.experiments.start}
              onClick={() => setIsAsked(true)}
            >
              {t('experiments.start', 'Start the test')}
            </ActionButton>
          </div>
        </Stack>
      </Section>
      <PowerSection plan={plan} wanted={percentOf(wanted)} onDays={(next) => setDays(String(next))} />
      {isAsked && b !== null && worst !== null && (
        <ChangeModal
          title={t('experiments.startTitle', 'Start a test on {{workload}}?', { workload })}
          meaning={[
            t(
              'experiments.startHappens',
              'From the next window on {{workload}} alternates between what is declared (a) and b: {{tried}}, for {{days}} days at the latest. Every guardrail holds as ever.',
              {
                workload,
                tried: armName(b),
                days,
              }
            ),
            t(
              'experiments.startUndo',
              'It can be stopped at any time, and then what is declared is in force at once. It stops by itself for harm and when a difference is found.'
            ),
          ]}
          press={t('experiments.start', 'Start the test')}
          permission={PERMISSIONS.scale}
          testId={testIds.experiments.confirm}
          act={(reason) => startExperiment({ ...design, b, guard: { violationShare: worst }, reason })}
          onDone={({ id }) => navigate(experimentUrl(id))}
          onClose={() => setIsAsked(false)}
        />
      )}
    </Stack>
  );
}
