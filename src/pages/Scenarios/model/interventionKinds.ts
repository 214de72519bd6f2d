import { t } from '../../../translations';
import type { Intervention } from '../../../../contract/scenario.ts';

export type Kind = Exclude<Intervention['kind'], 'latency'>;
export type Shape = NonNullable<Intervention['shape']>;

/** What the strength of a kind is counted in: times what is forecast, usual levels on top, or replicas. */
export type StrengthUnit = 'times' | 'extra' | 'replicas';

export interface KindRules {
  readonly unit: StrengthUnit;
  /** That the kind may have, its own first. */
  readonly shapes: readonly [Shape, ...Shape[]];
}

const ANY_SHAPE = ['plateau', 'step', 'ramp', 'triangle', 'exponential'] as const;

/** What the sidecar takes of each kind that a simulation knows. */
export const KIND_RULES: Readonly<Record<Kind, KindRules>> = {
  spike: { unit: 'times', shapes: ANY_SHAPE },
  ramp: { unit: 'times', shapes: ['ramp'] },
  step: { unit: 'times', shapes: ['step'] },
  scale: { unit: 'times', shapes: ['step', 'plateau', 'ramp', 'triangle', 'exponential'] },
  load: { unit: 'extra', shapes: ['step', 'plateau', 'ramp', 'triangle', 'exponential'] },
  attack: { unit: 'extra', shapes: ANY_SHAPE },
  capacity: { unit: 'replicas', shapes: ['step', 'plateau', 'ramp', 'triangle', 'exponential'] },
};

export function isKind(kind: Intervention['kind']): kind is Kind {
  return kind !== 'latency';
}

export function kindName(kind: Kind): string {
  switch (kind) {
    case 'spike':
      return t('scenarios.kind.spike', 'Traffic spike');
    case 'ramp':
      return t('scenarios.kind.ramp', 'Growth');
    case 'step':
      return t('scenarios.kind.step', 'Step');
    case 'scale':
      return t('scenarios.kind.scale', 'Scale');
    case 'load':
      return t('scenarios.kind.load', 'Data load');
    case 'attack':
      return t('scenarios.kind.attack', 'Denial of service');
    case 'capacity':
      return t('scenarios.kind.capacity', 'Capacity');
  }
}

export function shapeName(shape: Shape): string {
  switch (shape) {
    case 'step':
      return t('scenarios.shape.step', 'At once');
    case 'plateau':
      return t('scenarios.shape.plateau', 'Plateau');
    case 'ramp':
      return t('scenarios.shape.ramp', 'Rising');
    case 'triangle':
      return t('scenarios.shape.triangle', 'Triangle');
    case 'exponential':
      return t('scenarios.shape.exponential', 'Dying down');
  }
}

/** Of the intervention, or the one that its kind has where it names none. */
export function shapeOf({ kind, shape }: Intervention): Shape {
  return shape ?? (isKind(kind) ? KIND_RULES[kind].shapes[0] : 'step');
}

/** Whether it may go on to the end of the horizon without a duration. */
export function mayLast(intervention: Intervention): boolean {
  const shape = shapeOf(intervention);
  return shape === 'step' || shape === 'ramp';
}
