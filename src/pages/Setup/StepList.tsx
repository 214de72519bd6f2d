import React from 'react';
import { Tab, TabsBar } from '@grafana/ui';
import { testIds } from '../../testIds';
import { t } from '../../translations';
import { SETUP_STEPS, type SetupStep } from './steps';

interface StepListProps {
  readonly current: SetupStep;
  readonly onChoose: (step: SetupStep) => void;
}

/** Where one is in the form, and the way to its other steps. */
export function StepList({ current, onChoose }: StepListProps) {
  return (
    <div data-testid={testIds.setup.steps}>
      <TabsBar>
        {SETUP_STEPS.map((step, index) => (
          <Tab
            key={step}
            label={`${index + 1}. ${stepName(step)}`}
            active={step === current}
            onChangeTab={(event) => {
              event.preventDefault();
              onChoose(step);
            }}
          />
        ))}
      </TabsBar>
    </div>
  );
}

function stepName(step: SetupStep): string {
  switch (step) {
    case 'demand':
      return t('setup.steps.demand', 'Demand');
    case 'capacity':
      return t('setup.steps.capacity', 'Capacity');
    case 'cost':
      return t('setup.steps.cost', 'Cost');
    case 'review':
      return t('setup.steps.review', 'Review');
  }
}
