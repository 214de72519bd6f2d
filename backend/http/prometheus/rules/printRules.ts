import { stringify } from 'yaml';
import type { AlertGroup } from './alertRules.ts';
import type { RecordingGroup } from './futureRecordings.ts';

/** Groups of rules as a file for Prometheus' `rule_files`. */
export function printRules(groups: ReadonlyArray<AlertGroup | RecordingGroup>): string {
  return stringify({ groups }, { lineWidth: 0, aliasDuplicateObjects: false });
}
