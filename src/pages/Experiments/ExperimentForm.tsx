import React, { useState } from 'react';
import { Alert, Combobox, Field, RadioButtonGroup, Stack, Text } from '@grafana/ui';
import type { WorkloadSummary } from '../../../contract/api.ts';
import type { ExperimentOutcome, ExperimentPlanRequest } from '../../../contract/experiments.ts';
import { useDebounced } from '../../hooks/useDebounced';
import { useExperimentPlan } from '../../sidecar/useExperimentPlan';
import { useModels } from '../../sidecar/useModels';
import { useWorkload } from '../../sidecar/useWorkload';
import { t } from '../../translations';
import { Section } from '../Section';
import { outcomeName } from './experimentNames';
import { PercentField } from './PercentField';
import { PowerSection } from './PowerSection';
import { ScheduleFields, type ScheduleDraft } from './ScheduleFields';
import { StartTest } from './StartTest';
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

const OUTCOMES: readonly ExperimentOutcome[] = ['cost', 'replicas', 'violations'];
const TYPING_MS = 400;

/** The design of a test beside what it would find. */
export function ExperimentForm({ workload, workloads, block, onWorkload }: ExperimentFormProps) {
  const { resource: known } = useWorkload(workload);
  const declared =
    known.kind === 'ready' ? (known.value.definition?.scaling?.risk ?? known.value.recommendation?.risk ?? null) : null;
  const [outcome, setOutcome] = useState<ExperimentOutcome | null>(null);
  const [schedule, setSchedule] = useState<ScheduleDraft>({ window: '2h', period: 'day', days: '14' });
  const [draft, setDraft] = useState<TriedDraft>({ kind: 'risk', risk: '5', policy: 'hpa', model: null });
  const [wanted, setWanted] = useState('');
  const [guard, setGuard] = useState('10');
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
    window: schedule.window,
    period: schedule.period,
    days: Math.round(Number(schedule.days)),
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
            <ScheduleFields schedule={schedule} onChange={setSchedule} />
            <PercentField
              id="headroom-experiment-wanted"
              label={t('experiments.design.wanted', 'Smallest difference that matters')}
              description={t('experiments.design.wantedHint', 'Of the mean; says how long it has to last')}
              min={0.1}
              value={wanted}
              onChange={setWanted}
            />
            <PercentField
              id="headroom-experiment-guard"
              label={t('experiments.design.guard', 'Guard')}
              description={t('experiments.design.guardHint', 'It ends at once where more of a window violates the SLO')}
              min={1}
              max={100}
              value={guard}
              onChange={setGuard}
            />
          </Stack>
          {block !== null && (
            <Alert severity="info" title={block}>
              <Text>{t('experiments.block.still', 'What a test would find is shown all the same.')}</Text>
            </Alert>
          )}
          <StartTest design={design} b={b} guard={worst} days={schedule.days} blocked={blocked} />
        </Stack>
      </Section>
      <PowerSection
        plan={plan}
        wanted={percentOf(wanted)}
        onDays={(next) => setSchedule({ ...schedule, days: String(next) })}
      />
    </Stack>
  );
}
