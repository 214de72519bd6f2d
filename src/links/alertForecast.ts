import { PluginExtensionPoints, type PluginExtensionAddedLinkConfig } from '@grafana/data';
import { overviewUrl, workloadUrl } from '../routes';

/** What Grafana tells a link of an alert rule, as far as this one reads it. */
export interface AlertRuleContext {
  readonly expression?: string;
  readonly labels?: Readonly<Record<string, string>>;
}

const SELECTOR = /\bworkload\s*=\s*"((?:[^"\\]|\\.)+)"/;

/** An alert rule's link to the workload that it is about; none where it names no workload. */
export const alertForecast: PluginExtensionAddedLinkConfig<AlertRuleContext> = {
  title: "Show the workload's forecast",
  description: 'Open the workload that this rule is about in Headroom',
  targets: [PluginExtensionPoints.AlertingAlertingRuleAction],
  path: overviewUrl(),
  icon: 'chart-line',
  configure: (context) => {
    const workload = context === undefined ? undefined : workloadOfRule(context);
    return workload === undefined ? undefined : { path: workloadUrl(workload) };
  },
};

/** The workload of a rule: its label, or the one its expression selects; templates name none. */
export function workloadOfRule({ labels, expression }: AlertRuleContext): string | undefined {
  const label = labels?.workload;
  if (label !== undefined && label !== '' && !label.includes('{{')) {
    return label;
  }
  const selected = SELECTOR.exec(expression ?? '')?.[1];
  return selected?.replace(/\\(.)/g, '$1');
}
