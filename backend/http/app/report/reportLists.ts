import type { Accuracy, KpiFigures } from '../../../../contract/index.ts';
import type { ReportMaterial } from '../../../control/index.ts';
import { numberText, shareText } from './reportWords.ts';

const MOST = 12;
const BASELINE = 'seasonal-naive';
const FEW = 100;

/** What went wrong, most telling first; empty where nothing did. */
export function wentWrong({ decisions }: ReportMaterial, workloads: readonly KpiFigures[]): string[] {
  const ended = decisions.filter(
    ({ outcome }) => outcome !== 'applied' && /fail|unsure|refus|lost|gave up|unknown/i.test(outcome)
  );
  const back = decisions.filter(({ what }) => what === 'rollback');
  const short = workloads
    .filter(({ violationMinutes }) => violationMinutes > 0)
    .sort((a, b) => b.violationMinutes - a.violationMinutes);
  const dearer = workloads.filter(({ savings: { cost } }) => cost !== null && cost.high !== null && cost.high < 0);
  return [
    ...(ended.length === 0 ? [] : [`${String(ended.length)} actions did not come about: ${namesOf(ended)}.`]),
    ...(back.length === 0 ? [] : [`${String(back.length)} changes were rolled back: ${namesOf(back)}.`]),
    ...short
      .slice(0, MOST)
      .map(
        ({ group, violationMinutes, reactive }) =>
          `${group ?? ''} fell short for ${numberText(violationMinutes)} minutes (the reactive autoscaler alone: ${numberText(reactive.violationMinutes)}).`
      ),
    ...dearer.map(
      ({ group, savings, currency }) =>
        `${group ?? ''} cost ${numberText(-savings.cost!.value, currency ?? '')} more than the reactive autoscaler would have, and that is no accident of some days.`
    ),
  ];
}

/** What is worth a look, each with why. */
export function lookAt(
  accuracy: ReadonlyArray<Accuracy & { readonly workload: string }>,
  workloads: readonly KpiFigures[]
): string[] {
  const idle = workloads
    .filter(({ utilization }) => utilization !== null && utilization < 0.4)
    .sort((a, b) => b.slackReplicaHours - a.slackReplicaHours);
  const unmeasured = workloads.filter(({ missingShare }) => missingShare > 0.05);
  const worse = accuracy.filter((each) => {
    const naive = accuracy.find(
      ({ workload, resource, lead, model }) =>
        model === BASELINE && workload === each.workload && resource === each.resource && lead === each.lead
    );
    return (
      each.model !== BASELINE &&
      each.count >= FEW &&
      each.crps !== null &&
      naive?.crps != null &&
      each.crps > naive.crps
    );
  });
  const broken = workloads.filter(({ sloAttainment }) => sloAttainment !== null && sloAttainment < 0.99);
  return [
    ...broken
      .slice(0, MOST)
      .map(
        ({ group, sloAttainment }) =>
          `${group ?? ''} kept its SLO in ${shareText(sloAttainment)} of the measured steps.`
      ),
    ...idle
      .slice(0, MOST)
      .map(
        ({ group, utilization, slackReplicaHours }) =>
          `${group ?? ''} fills ${shareText(utilization)} of its replicas: ${numberText(slackReplicaHours)} replica hours served nobody.`
      ),
    ...worse
      .slice(0, MOST)
      .map(
        ({ workload, resource, lead, model }) =>
          `${workload}: ${model} forecasts ${resource} at ${lead} worse than what was a day before; look at its drift.`
      ),
    ...unmeasured
      .slice(0, MOST)
      .map(
        ({ group, missingShare }) =>
          `${group ?? ''} lacks ${shareText(missingShare)} of its measurements: they are in no figure.`
      ),
  ];
}

function namesOf(decisions: ReportMaterial['decisions']): string {
  const names = [...new Set(decisions.map(({ workload }) => workload ?? 'all'))];
  return names.length > MOST
    ? `${names.slice(0, MOST).join(', ')} and ${String(names.length - MOST)} more`
    : names.join(', ');
}
