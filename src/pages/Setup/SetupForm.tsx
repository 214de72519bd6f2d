import React, { useMemo, useState, type FormEvent } from 'react';
import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { Button, Stack, useStyles2 } from '@grafana/ui';
import { useNavigate } from 'react-router-dom';
import type { WorkloadEntry } from '../../../contract/workloadsFile.ts';
import type { SourceView } from '../../../contract/sources.ts';
import { ActionButton } from '../../acting/ActionButton';
import { ClickFailure } from '../../acting/ClickFailure';
import { workloadUrl } from '../../routes';
import { saveWorkload } from '../../sidecar/declaredWorkloads';
import { PERMISSIONS } from '../../sidecar/permissions';
import type { Expected } from '../../sidecar/storedScenarios';
import { useClick } from '../../sidecar/useClick';
import { testIds } from '../../testIds';
import { t } from '../../translations';
import { CapacityStep } from './CapacityStep';
import { CostStep } from './CostStep';
import { DeleteWorkload } from './DeleteWorkload';
import { DemandStep } from './DemandStep';
import { LivePreview } from './LivePreview';
import { definitionOf } from './model/definitionOf';
import { draftProblems } from './model/draftProblems';
import type { SetupDraft } from './model/setupDraft';
import { ReviewStep } from './ReviewStep';
import { StepList } from './StepList';
import type { StepProps } from './stepProps';
import { SETUP_STEPS, type SetupStep } from './steps';

interface SetupFormProps {
  readonly start: SetupDraft;
  readonly unmatched: string | null;
  readonly sources: readonly SourceView[];
  /** Names that there are. */
  readonly taken: readonly string[];
  readonly expected: Expected;
}

/** The steps of a workload beside the preview of its forecast; it can be added from the first step on. */
export function SetupForm({ start, unmatched, sources, taken, expected }: SetupFormProps) {
  const styles = useStyles2(getStyles);
  const navigate = useNavigate();
  const [draft, setDraft] = useState(start);
  // Of what was read first: a later reading must not make an older form fit.
  const [version] = useState(expected);
  const [step, setStep] = useState<SetupStep>('demand');
  const [isAsked, setAsked] = useState(false);
  const [isGone, setGone] = useState(false);
  const problems = useMemo(() => draftProblems(draft, taken), [draft, taken]);
  const isWhole = Object.keys(problems).length === 0;
  const save = useClick(
    (definition: WorkloadEntry) => saveWorkload(definition, version),
    ({ summary }) => navigate(workloadUrl(summary.name))
  );
  const isRunning = save.click.kind === 'running';
  const next = SETUP_STEPS[SETUP_STEPS.indexOf(step) + 1];
  const press = () => {
    setAsked(true);
    if (isWhole) {
      save.press(definitionOf(draft));
    } else {
      setStep('review');
    }
  };
  const stepProps: StepProps = {
    draft,
    sources,
    source: sources.find(({ name }) => name === draft.source),
    problems: isAsked || step === 'review' ? problems : {},
    unmatched,
    onChange: (change) => setDraft((before) => ({ ...before, ...change })),
  };
  return (
    <div className={styles.columns}>
      <form
        noValidate
        className={styles.form}
        onSubmit={(event: FormEvent) => {
          event.preventDefault();
          if (next === undefined) {
            press();
          } else {
            setStep(next);
          }
        }}
      >
        {!isGone && (
          <>
            <StepList current={step} onChoose={setStep} />
            <Step step={step} {...stepProps} />
            <ClickFailure click={save.click} />
            <Stack direction="row" gap={1} wrap="wrap">
              {next !== undefined && (
                <Button type="submit" variant="secondary" data-testid={testIds.setup.next}>
                  {t('setup.next', 'Next')}
                </Button>
              )}
              <ActionButton
                permission={PERMISSIONS.admin}
                blocked={isRunning ? t('setup.saving', 'The first forecast is being made') : null}
                icon={isRunning ? 'fa fa-spinner' : undefined}
                testId={testIds.setup.save}
                onClick={press}
              >
                {draft.base === null ? t('setup.add', 'Add workload') : t('setup.save', 'Save changes')}
              </ActionButton>
            </Stack>
          </>
        )}
        {start.base !== null && version !== 'new' && (
          <DeleteWorkload
            definition={start.base}
            version={version.version}
            isGone={isGone}
            onGone={() => setGone(true)}
          />
        )}
      </form>
      <div className={styles.preview}>
        <LivePreview draft={draft} />
      </div>
    </div>
  );
}

function Step({ step, ...props }: StepProps & { readonly step: SetupStep }) {
  switch (step) {
    case 'demand':
      return <DemandStep {...props} />;
    case 'capacity':
      return <CapacityStep {...props} />;
    case 'cost':
      return <CostStep {...props} />;
    case 'review':
      return <ReviewStep {...props} />;
  }
}

const getStyles = (theme: GrafanaTheme2) => ({
  columns: css({
    display: 'grid',
    gap: theme.spacing(3),
    gridTemplateColumns: 'minmax(0, 1fr)',
    [theme.breakpoints.up('lg')]: { gridTemplateColumns: 'minmax(0, 2fr) minmax(0, 3fr)' },
  }),
  form: css({ display: 'flex', flexDirection: 'column', gap: theme.spacing(1), minWidth: 0 }),
  preview: css({
    minWidth: 0,
    [theme.breakpoints.up('lg')]: { position: 'sticky', top: theme.spacing(2), alignSelf: 'start' },
  }),
});
