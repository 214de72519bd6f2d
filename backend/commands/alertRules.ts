import type { Command } from 'commander';
import { HeadroomError } from '../errors/index.ts';
import {
  formatGrafanaAlertRules,
  futureRecordings,
  GRAFANA_ALERT_DEFAULTS,
  grafanaAlertRules,
  horizonAlerts,
  printRules,
  remoteReadAlerts,
  runbookName,
  withRunbooks,
} from '../http/index.ts';
import type { CommandIo } from './commandIo.ts';

interface AlertRulesOptions {
  readonly grafana?: boolean;
  readonly prometheus?: boolean;
  readonly probability: string;
  readonly by: string;
  readonly recording?: boolean;
  readonly datasource: string;
  readonly metricsDatasource: string;
  readonly folder: string;
  readonly runbookBase?: string;
  readonly json?: boolean;
}

const GROUPS = {
  'remote-read': [remoteReadAlerts],
  metrics: [horizonAlerts],
  both: [remoteReadAlerts, horizonAlerts],
} as const;

/** `headroom alert-rules`: the rules that Headroom comes with, for Prometheus or for Grafana's provisioning. */
export function addAlertRulesCommand(program: Command, io: CommandIo): void {
  const { datasourceUid, metricsDatasourceUid, folder, probability } = GRAFANA_ALERT_DEFAULTS;
  program
    .command('alert-rules')
    .description('prints alert rules: predicted shortfall, exhausted capacity, drift, stale forecast, source down')
    .option('--prometheus', "for Prometheus' rule_files (the default)")
    .option('--grafana', "for Grafana's provisioning/alerting")
    .option('--probability <number>', 'of a shortfall, above which to alert', String(probability))
    .option('--by <way>', 'Prometheus: how it knows Headroom: remote-read, metrics (scraped) or both', 'both')
    .option('--recording', 'Prometheus by remote read: recording rules over the future too')
    .option('--datasource <uid>', "Grafana: the data source on the sidecar's /prometheus", datasourceUid)
    .option(
      '--metrics-datasource <uid>',
      "Grafana: the Prometheus that scrapes the sidecar's /metrics",
      metricsDatasourceUid
    )
    .option('--folder <name>', 'Grafana: the folder of the rules', folder)
    .option('--runbook-base <url>', 'where docs/runbooks is published: each rule then links to its runbook there')
    .option('--json', 'one JSON document instead of YAML')
    .action((options: AlertRulesOptions) => {
      if (options.grafana === true && options.prometheus === true) {
        throw usage('--grafana and --prometheus exclude each other');
      }
      if (options.grafana === true && options.recording === true) {
        throw usage('--recording is for Prometheus, not for Grafana');
      }
      const above = probabilityOf(options.probability);
      io.stdout.write(options.grafana === true ? grafanaText(options, above) : prometheusText(options, above));
    });
}

function grafanaText(options: AlertRulesOptions, probability: number): string {
  const { datasource, metricsDatasource, folder, runbookBase, json } = options;
  for (const uid of [datasource, metricsDatasource]) {
    if (!/^[A-Za-z0-9_-]{1,40}$/.test(uid)) {
      throw usage(`a data source's uid is 1 to 40 of A-Z, a-z, 0-9, "_" and "-", not ${uid}`);
    }
  }
  if (folder === '' || folder.includes('$')) {
    throw usage('--folder must be a name without "$"');
  }
  const rules = grafanaAlertRules({
    ...GRAFANA_ALERT_DEFAULTS,
    datasourceUid: datasource,
    metricsDatasourceUid: metricsDatasource,
    folder,
    probability,
  });
  const base = runbookBaseOf(runbookBase);
  const file = {
    ...rules,
    groups: rules.groups.map((group) => ({ ...group, rules: withRunbooks(group.rules, ({ uid }) => uid, base) })),
  };
  return json === true ? `${JSON.stringify(file, null, 2)}\n` : formatGrafanaAlertRules(file);
}

function prometheusText({ by, recording, runbookBase, json }: AlertRulesOptions, probability: number): string {
  if (!Object.hasOwn(GROUPS, by)) {
    throw usage(`--by must be remote-read, metrics or both, not ${by}`);
  }
  if (recording === true && by === 'metrics') {
    throw usage('--recording needs remote read: --by remote-read or both');
  }
  const base = runbookBaseOf(runbookBase);
  const alerts = GROUPS[by as keyof typeof GROUPS].map((make) => {
    const group = make({ probability });
    return { ...group, rules: withRunbooks(group.rules, ({ alert }) => runbookName(alert), base) };
  });
  const groups = recording === true ? [futureRecordings(), ...alerts] : alerts;
  return json === true ? `${JSON.stringify({ groups }, null, 2)}\n` : printRules(groups);
}

function probabilityOf(text: string): number {
  const value = Number(text);
  if (text.trim() === '' || !(value > 0 && value < 1)) {
    throw usage(`--probability must be between 0 and 1, not ${text}`);
  }
  return value;
}

/** The URL without slashes at its end; no character that Prometheus' or Grafana's templates would read. */
function runbookBaseOf(text: string | undefined): string | undefined {
  if (text === undefined) {
    return undefined;
  }
  const url = URL.parse(text);
  if ((url?.protocol !== 'https:' && url?.protocol !== 'http:') || /[?#${}\s]/.test(text)) {
    throw usage(`--runbook-base must be an http or https URL without "?", "#", "$" and braces, not ${text}`);
  }
  return text.replace(/\/+$/, '');
}

function usage(problem: string): HeadroomError {
  return new HeadroomError('USAGE', { problem, command: 'alert-rules' });
}
