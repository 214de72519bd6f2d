import { formatNumber } from './formatNumber';

/** A number of replicas; a dash when unknown. */
export function formatReplicas(count: number | null | undefined): string {
  return count === null || count === undefined ? '–' : formatNumber(count);
}
