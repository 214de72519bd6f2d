import React from 'react';
import { Combobox, Field, RadioButtonGroup } from '@grafana/ui';
import { t } from '../../translations';
import { formatRisk, policyName } from './experimentNames';
import { PercentField } from './PercentField';
import { TRIED_KINDS, TRIED_POLICIES, type TriedDraft } from './triedDraft';

interface TriedFieldsProps {
  readonly draft: TriedDraft;
  /** The declared risk; null while it is unknown. */
  readonly declared: number | null;
  /** Learnt models of the workload that have a challenger, with its version. */
  readonly challengers: ReadonlyArray<{ readonly name: string; readonly version: string }>;
  readonly onChange: (draft: TriedDraft) => void;
}

/** What b is: another risk, another policy, or a challenger's forecasts. */
export function TriedFields({ draft, declared, challengers, onChange }: TriedFieldsProps) {
  const kinds = {
    risk: t('experiments.kind.risk', 'Risk'),
    policy: t('experiments.kind.policy', 'Policy'),
    model: t('experiments.kind.model', 'Model'),
  };
  return (
    <>
      <Field noMargin label={t('experiments.design.kind', 'What is changed')}>
        <RadioButtonGroup<TriedDraft['kind']>
          aria-label={t('experiments.design.kind', 'What is changed')}
          options={TRIED_KINDS.map((value) => ({ value, label: kinds[value] }))}
          value={draft.kind}
          onChange={(kind) => onChange({ ...draft, kind })}
        />
      </Field>
      {draft.kind === 'risk' && (
        <PercentField
          id="headroom-experiment-risk"
          label={t('experiments.design.risk', 'Risk to try (b)')}
          description={
            declared === null
              ? t('experiments.design.declaredUnknown', 'a is the declared one')
              : t('experiments.design.declared', 'a is the declared {{risk}}', { risk: formatRisk(declared) })
          }
          min={0.01}
          max={99}
          step={0.5}
          value={draft.risk}
          onChange={(risk) => onChange({ ...draft, risk })}
        />
      )}
      {draft.kind === 'policy' && (
        <Field
          noMargin
          label={t('experiments.design.policy', 'Policy to try (b)')}
          description={t('experiments.design.policyHint', 'a is what is declared; your own floor holds in both')}
        >
          <Combobox<TriedDraft['policy']>
            id="headroom-experiment-policy"
            width={40}
            options={TRIED_POLICIES.map((value) => ({ value, label: policyName(value) }))}
            value={draft.policy}
            onChange={({ value }) => onChange({ ...draft, policy: value })}
          />
        </Field>
      )}
      {draft.kind === 'model' && (
        <Field
          noMargin
          label={t('experiments.design.model', 'Challenger to try (b)')}
          description={
            challengers.length === 0
              ? t('experiments.design.noChallenger', 'No model of this workload has a challenger now')
              : t('experiments.design.modelHint', 'a is the champion; its forecasts are shown in both')
          }
        >
          <Combobox<string>
            id="headroom-experiment-model"
            width={32}
            disabled={challengers.length === 0}
            options={challengers.map(({ name, version }) => ({ value: name, label: `${name} ${version}` }))}
            value={draft.model}
            onChange={({ value }) => onChange({ ...draft, model: value })}
          />
        </Field>
      )}
    </>
  );
}
