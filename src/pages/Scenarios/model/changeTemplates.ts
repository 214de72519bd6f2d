import { t } from '../../../translations';
import type { IconName } from '@grafana/data';
import type { Intervention } from '../../../../contract/scenario.ts';
import type { Change } from './changes';

/** What can be added to a scenario with a click, with strengths to begin with. */
export interface ChangeTemplate {
  readonly key: string;
  readonly name: string;
  readonly icon: IconName;
  readonly changes: readonly Change[];
}

/** The changes that the page offers; times are relative to now. */
export function changeTemplates(): ChangeTemplate[] {
  return [
    template('spike', t('scenarios.add.spike', 'Traffic spike'), 'bolt', {
      kind: 'spike',
      target: 'demand',
      factor: 2,
      start: '1h',
      duration: '2h',
      shape: 'plateau',
      rampUp: '15m',
      rampDown: '30m',
    }),
    template('growth', t('scenarios.add.growth', 'User growth'), 'chart-line', {
      kind: 'ramp',
      target: 'demand',
      factor: 1.3,
    }),
    template('scale', t('scenarios.add.scale', 'More of everything'), 'expand-arrows', {
      kind: 'scale',
      target: 'demand',
      factor: 1.2,
    }),
    template('load', t('scenarios.add.load', 'Data load'), 'database', {
      kind: 'load',
      target: 'demand',
      factor: 1.25,
      start: '1h',
      duration: '2h',
    }),
    template('attack', t('scenarios.add.attack', 'Denial of service'), 'shield', {
      kind: 'attack',
      target: 'demand',
      factor: 4,
      start: '30m',
      duration: '1h',
      rampUp: '5m',
      rampDown: '10m',
    }),
    template('heavier', t('scenarios.add.heavier', 'Heavier requests'), 'tachometer-fast', {
      kind: 'scale',
      target: 'resources',
      factor: 1.5,
      start: '15m',
    }),
    template('vm', t('scenarios.add.vm', 'Added replica'), 'plus-circle', {
      kind: 'capacity',
      target: 'replicas',
      add: 1,
      start: '10m',
    }),
    template('loss', t('scenarios.add.loss', 'Capacity loss'), 'exclamation-triangle', {
      kind: 'capacity',
      target: 'replicas',
      factor: 0.6667,
      start: '30m',
      duration: '2h',
    }),
    {
      key: 'drawn',
      name: t('scenarios.add.drawn', 'Drawn shape'),
      icon: 'pen',
      changes: [
        {
          kind: 'drawn',
          shape: {
            target: 'demand',
            points: [
              { seconds: 3600, extra: 0 },
              { seconds: 2 * 3600, extra: 0.8 },
              { seconds: 5 * 3600, extra: 0.5 },
              { seconds: 8 * 3600, extra: 0 },
            ],
          },
        },
      ],
    },
  ];
}

function template(key: string, name: string, icon: IconName, intervention: Intervention): ChangeTemplate {
  return { key, name, icon, changes: [{ kind: 'intervention', intervention }] };
}
