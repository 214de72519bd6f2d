import type { Experiment, ExperimentOutcome } from '../../../contract/experiments.ts';
import { formatNumber } from '../../formatting/formatNumber';
import { t } from '../../translations';

/** What a test compares. */
export function outcomeName(outcome: ExperimentOutcome): string {
  switch (outcome) {
    case 'cost':
      return t('experiments.outcome.cost', 'Cost');
    case 'replicas':
      return t('experiments.outcome.replicas', 'Replicas');
    case 'violations':
      return t('experiments.outcome.violations', 'Time in violation');
  }
}

/** How a test stands. */
export function stateName(state: Experiment['state']): string {
  switch (state) {
    case 'running':
      return t('experiments.state.running', 'Runs');
    case 'done':
      return t('experiments.state.done', 'Done');
    case 'stopped':
      return t('experiments.state.stopped', 'Stopped');
    case 'harmful':
      return t('experiments.state.harmful', 'Ended for harm');
  }
}

/** A quantity of a test's outcome; a share in per cent. */
export function formatQuantity(value: number | null | undefined, unit: string): string {
  if (value === null || value === undefined) {
    return '–';
  }
  const number = (of: number) => formatNumber(of, { maximumSignificantDigits: 3 });
  return unit === '%' ? formatRisk(value) : unit === '' ? number(value) : `${number(value)} ${unit}`;
}

/** An accepted risk as a percentage. */
export function formatRisk(risk: number): string {
  return formatNumber(risk, { style: 'percent', maximumSignificantDigits: 3 });
}
