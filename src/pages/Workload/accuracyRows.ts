import type { Accuracy, ResourceSummary } from '../../../contract/api.ts';

const BASELINE = 'seasonal-naive';

/** The score of a model in charge, and the baseline's on the same resource and lead where there is one. */
export interface AccuracyRow {
  readonly own: Accuracy;
  readonly baseline: Accuracy | undefined;
}

/** Scores beside the baseline's: by resource as the workload lists them, then by lead; the baseline alone only where it is in charge. */
export function accuracyRows(
  accuracy: readonly Accuracy[],
  resources: ReadonlyArray<Pick<ResourceSummary, 'name' | 'model'>>
): AccuracyRow[] {
  const order = new Map(resources.map(({ name }, index) => [name, index]));
  const inCharge = new Map(resources.map(({ name, model }) => [name, model]));
  const baselines = new Map(
    accuracy.filter(({ model }) => model === BASELINE).map((each) => [`${each.resource} ${each.lead}`, each])
  );
  return accuracy
    .filter(({ model, resource }) => model !== BASELINE || inCharge.get(resource) === BASELINE)
    .map((own) => ({
      own,
      baseline: own.model === BASELINE ? undefined : baselines.get(`${own.resource} ${own.lead}`),
    }))
    .sort(
      (a, b) =>
        (order.get(a.own.resource) ?? Infinity) - (order.get(b.own.resource) ?? Infinity) ||
        leadSeconds(a.own.lead) - leadSeconds(b.own.lead) ||
        a.own.model.localeCompare(b.own.model)
    );
}

function leadSeconds(lead: string): number {
  const match = /^(\d+)([smhdw])$/.exec(lead);
  const unit = { s: 1, m: 60, h: 3600, d: 86_400, w: 604_800 }[match?.[2] ?? ''];
  return unit === undefined ? Infinity : Number(match?.[1]) * unit;
}
