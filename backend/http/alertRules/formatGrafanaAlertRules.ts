import { stringify } from 'yaml';
import type { GrafanaRuleFile } from './grafanaRuleFile.ts';

const HEADER = `# Headroom's alert rules for Grafana: \`npx headroom alert-rules --grafana\` printed them.
# They belong into Grafana's provisioning/alerting. KeepLast holds an alert while it can't be evaluated; that the data
# source itself does not answer is a rule of its own.
`;

/** A rule file as YAML that Grafana's provisioning reads. */
export function formatGrafanaAlertRules(file: GrafanaRuleFile): string {
  return `${HEADER}${stringify(file, { lineWidth: 0, aliasDuplicateObjects: false, singleQuote: true })}`;
}
