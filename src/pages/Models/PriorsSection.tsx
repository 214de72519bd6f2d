import React from 'react';
import { formatNumber } from '../../formatting/formatNumber';
import { Sentence } from '../../sentences/Sentence';
import { useWorkloadScenarios } from '../../sidecar/useWorkloadScenarios';
import { testIds } from '../../testIds';
import { t } from '../../translations';
import { Section } from '../Section';
import { SimpleTable } from '../SimpleTable';

/** How often each scenario of a workload comes, as declared and as its days taught; nothing where it keeps none. */
export function PriorsSection({ workload }: { readonly workload: string }) {
  const { resource } = useWorkloadScenarios(workload);
  if (resource.kind !== 'ready' || resource.value.scenarios.length === 0) {
    return null;
  }
  const share = (of: number) => formatNumber(of, { style: 'percent', maximumSignificantDigits: 3 });
  return (
    <Section title={t('models.priors.title', 'Scenarios')} testId={testIds.models.priors}>
      <SimpleTable
        caption={t('models.priors.caption', 'How far the present follows each, and how often it comes')}
        columns={[
          t('models.priors.scenario', 'Scenario'),
          t('models.priors.weight', 'Weight now'),
          t('models.priors.prior', 'Before anything is seen'),
          t('models.priors.declared', 'As declared'),
          t('models.priors.why', 'Why it is another'),
        ]}
        rows={resource.value.scenarios.map(({ scenario, weight, prior, declaredPrior, priorReason }) => ({
          key: scenario,
          cells: [
            scenario,
            share(weight),
            share(prior),
            share(declaredPrior),
            priorReason === null ? '–' : <Sentence key="why" text={priorReason} />,
          ],
        }))}
      />
    </Section>
  );
}
