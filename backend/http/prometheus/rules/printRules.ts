import { stringify } from 'yaml';
import type { AlertGroup } from './alertRules.ts';

/** Groups of rules as a file for Prometheus' `rule_files`. */
export function printRules(groups: readonly AlertGroup[]): string {
  return stringify({ groups }, { lineWidth: 0 });
}
