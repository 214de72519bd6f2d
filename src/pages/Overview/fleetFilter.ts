import type { WorkloadSummary } from '../../../contract/api.ts';

/** What the fleet is narrowed down to; an empty text narrows nothing. */
export interface FleetFilter {
  readonly search: string;
  readonly account: string;
  readonly tier: string;
  readonly region: string;
}

export const FILTER_FIELDS = ['account', 'tier', 'region'] as const;
export type FilterField = (typeof FILTER_FIELDS)[number];

/** The workloads that a filter leaves: every word of the search must be in name, account, tier, region or industry. */
export function filterFleet(workloads: readonly WorkloadSummary[], filter: FleetFilter): WorkloadSummary[] {
  const words = filter.search.toLowerCase().split(/\s+/).filter(Boolean);
  return workloads.filter((workload) => {
    const { name, account } = workload;
    const text = [name, account.name, account.tier, account.region, account.industry].join('\n').toLowerCase();
    return (
      FILTER_FIELDS.every((field) => filter[field] === '' || fieldOf(workload, field) === filter[field]) &&
      words.every((word) => text.includes(word))
    );
  });
}

/** The values a field has in the fleet, in order; empty ones are no choice. */
export function filterChoices(workloads: readonly WorkloadSummary[], field: FilterField): string[] {
  const values = new Set(workloads.map((workload) => fieldOf(workload, field)));
  values.delete('');
  return [...values].sort((a, b) => a.localeCompare(b));
}

function fieldOf({ account }: WorkloadSummary, field: FilterField): string {
  return field === 'account' ? account.name : account[field];
}
