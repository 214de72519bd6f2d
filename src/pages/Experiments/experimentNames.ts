import type { ArmSetting, Experiment, ExperimentOutcome } from '../../../contract/experiments.ts';
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

/** A policy that a test runs. */
export function policyName(policy: NonNullable<ArmSetting['policy']>): string {
  switch (policy) {
    case 'headroom':
      return t('experiments.policy.headroom', 'Floor and relaxed target');
    case 'headroom-floor-only':
      return t('experiments.policy.floorOnly', 'Floor, target not relaxed');
    case 'hpa':
      return t('experiments.policy.hpa', 'The autoscaler alone');
  }
}

/** What an arm of a test runs. */
export function armName({ risk, policy, model, origin, version }: ArmSetting): string {
  if (risk !== undefined) {
    return t('experiments.arm.risk', 'a risk of {{risk}}', { risk: formatRisk(risk) });
  }
  if (policy !== undefined) {
    return policyName(policy);
  }
  const words = { model: model ?? '', version: version ?? '' };
  return origin === undefined
    ? t('experiments.arm.challenger', 'the challenger of {{model}}', words)
    : origin === 'tuned'
      ? t('experiments.arm.tuned', '{{model}} {{version}}, tuned', words)
      : t('experiments.arm.shipped', '{{model}} {{version}}, shipped', words);
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
