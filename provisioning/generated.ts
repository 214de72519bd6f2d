import { parse, stringify } from 'yaml';
import { formatGrafanaAlertRules, grafanaAlertRules } from '../backend/http/index.ts';
import { horizonAlerts, printRules, remoteReadAlerts } from '../backend/http/prometheus/index.ts';
import { boards } from './boards/boards.ts';
import { composeWorkloads } from './composeWorkloads.ts';
import { prometheusConfig } from './prometheusConfig.ts';

const WORKLOADS_HEADER = `# What Headroom watches in docker-compose.yaml: the demo fleet, as its exporter tells it to Prometheus.
# \`npm run generate:provisioning\` writes this file.
`;

/** As the formatter of the project leaves it. */
const STYLE = { lineWidth: 0, singleQuote: true } as const;

/** The provisioned files that the code itself writes, by path: a test holds them equal to what lies there. */
export function generatedFiles(): ReadonlyMap<string, string> {
  return new Map([
    ...Object.entries(boards()).map(([name, board]): [string, string] => [
      `provisioning/dashboards/${name}.json`,
      `${JSON.stringify(board, null, 2)}\n`,
    ]),
    ['provisioning/alerting/headroom.yaml', formatGrafanaAlertRules(grafanaAlertRules())],
    ['provisioning/headroom/workloads.yaml', `${WORKLOADS_HEADER}${stringify(composeWorkloads(), STYLE)}`],
    ['provisioning/prometheus/prometheus.yml', prometheusConfig()],
    [
      'provisioning/prometheus/headroom-rules.yml',
      stringify(parse(printRules([remoteReadAlerts(), horizonAlerts()])), STYLE),
    ],
  ]);
}
