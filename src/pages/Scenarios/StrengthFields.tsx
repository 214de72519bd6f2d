import React from 'react';
import { RadioButtonGroup } from '@grafana/ui';
import type { Intervention } from '../../../contract/scenario.ts';
import { formatNumber } from '../../formatting/formatNumber';
import { t } from '../../translations';
import { isKind, KIND_RULES } from './model/interventionKinds';
import { SliderField } from '../SliderField';

interface StrengthFieldsProps {
  readonly intervention: Intervention;
  readonly onChange: (intervention: Intervention, isMoving: boolean) => void;
}

/** How strong a change is: times what is forecast, usual levels on top, or replicas. */
export function StrengthFields({ intervention, onChange }: StrengthFieldsProps) {
  const { kind, factor, add } = intervention;
  const unit = isKind(kind) ? KIND_RULES[kind].unit : 'times';
  const setFactor = (value: number, isMoving: boolean) => onChange({ ...intervention, factor: round(value) }, isMoving);
  const setAdd = (value: number, isMoving: boolean) => onChange({ ...intervention, add: value }, isMoving);
  return (
    <>
      {unit === 'replicas' && (
        <RadioButtonGroup<'add' | 'factor'>
          size="sm"
          aria-label={t('scenarios.capacity.label', 'What happens to the replicas')}
          options={[
            { value: 'add', label: t('scenarios.capacity.add', 'Some more or fewer') },
            { value: 'factor', label: t('scenarios.capacity.share', 'A share remains') },
          ]}
          value={factor === undefined ? 'add' : 'factor'}
          onChange={(value) => onChange(value === 'add' ? counted(intervention) : shared(intervention), false)}
        />
      )}
      {factor !== undefined && unit === 'times' && (
        <SliderField
          label={t('scenarios.times', 'Times what is forecast')}
          text={signedPercent(factor - 1)}
          min={0}
          max={5}
          step={0.05}
          value={factor}
          onMove={(value) => setFactor(value, true)}
          onCommit={(value) => setFactor(value, false)}
        />
      )}
      {factor !== undefined && unit === 'extra' && (
        <SliderField
          label={t('scenarios.extra', 'On top, in usual levels')}
          text={signedPercent(factor - 1)}
          min={0}
          max={kind === 'attack' ? 20 : 5}
          step={0.05}
          value={round(factor - 1)}
          onMove={(value) => setFactor(1 + value, true)}
          onCommit={(value) => setFactor(1 + value, false)}
        />
      )}
      {factor !== undefined && unit === 'replicas' && (
        <SliderField
          label={t('scenarios.remains', 'Share that remains, %')}
          min={0}
          max={200}
          step={1}
          value={Math.round(factor * 100)}
          onMove={(value) => setFactor(value / 100, true)}
          onCommit={(value) => setFactor(value / 100, false)}
        />
      )}
      {add !== undefined && (
        <SliderField
          label={
            unit === 'replicas'
              ? t('scenarios.replicas', 'Replicas more or fewer')
              : t('scenarios.added', 'Added, in its unit')
          }
          min={unit === 'replicas' ? -20 : Math.min(0, 2 * add)}
          max={unit === 'replicas' ? 20 : Math.max(10, 2 * Math.abs(add))}
          step={1}
          value={add}
          onMove={(value) => setAdd(value, true)}
          onCommit={(value) => setAdd(value, false)}
        />
      )}
    </>
  );
}

function counted({ factor: _factor, ...rest }: Intervention): Intervention {
  return { ...rest, add: -1 };
}

function shared({ add: _add, ...rest }: Intervention): Intervention {
  return { ...rest, factor: 0.67 };
}

function signedPercent(share: number): string {
  return formatNumber(share, { style: 'percent', signDisplay: 'exceptZero' });
}

function round(value: number): number {
  return Math.round(value * 10_000) / 10_000;
}
