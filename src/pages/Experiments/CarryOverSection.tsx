import React from 'react';
import { Alert, Stack, Text } from '@grafana/ui';
import type { Experiment } from '../../../contract/experiments.ts';
import { t } from '../../translations';
import { Section } from '../Section';
import { formatQuantity } from './experimentNames';

interface CarryOverSectionProps {
  readonly experiment: Experiment;
}

/** Whether a window still shows what was in force before it. */
export function CarryOverSection({ experiment: { carryOver, unit, missingShare } }: CarryOverSectionProps) {
  return (
    <Section title={t('experiments.carryOver.title', 'Does the arm before still show?')}>
      <Stack direction="column" gap={1}>
        {carryOver === null ? (
          <Text color="secondary">{t('experiments.carryOver.none', 'Too few windows are over to tell.')}</Text>
        ) : carryOver.isSuspected ? (
          <Alert
            severity="warning"
            title={t(
              'experiments.carryOver.suspected',
              'Windows begin differently after a switch: by {{effect}} (p = {{p}}). A longer burn-in is needed.',
              {
                effect: formatQuantity(carryOver.effect, unit),
                p: carryOver.pValue.toPrecision(2),
              }
            )}
          />
        ) : (
          <Text>
            {t(
              'experiments.carryOver.fine',
              'Not to be seen: windows begin alike after a switch and after none (p = {{p}}).',
              {
                p: carryOver.pValue.toPrecision(2),
              }
            )}
          </Text>
        )}
        {missingShare > 0 && (
          <Text color="secondary">
            {t(
              'experiments.carryOver.missing',
              '{{share}} of the pairs that are over lack a measurement or do not count.',
              {
                share: formatQuantity(missingShare, '%'),
              }
            )}
          </Text>
        )}
      </Stack>
    </Section>
  );
}
