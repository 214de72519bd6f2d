import { parse, stringify } from 'yaml';
import { remoteReadConfig } from '../backend/http/prometheus/index.ts';

const HEADER = `# The Prometheus of docker-compose.yaml; \`npm run generate:provisioning\` writes this file.
# remote_read gives it the future: with negative offsets its own rules and joins look ahead.
`;
const TOKEN_FILE = '/run/headroom/read-token';

/** The configuration of the compose file's Prometheus: scrapes the demo and Headroom's health, reads the future. */
export function prometheusConfig(): string {
  const remoteRead = parse(remoteReadConfig({ url: 'http://headroom:8370', tokenFile: TOKEN_FILE })) as object;
  const config = {
    global: { scrape_interval: '15s', evaluation_interval: '30s' },
    rule_files: ['headroom-rules.yml'],
    scrape_configs: [
      { job_name: 'demo', static_configs: [{ targets: ['exporter:9105'] }] },
      {
        job_name: 'headroom',
        authorization: { type: 'Bearer', credentials_file: TOKEN_FILE },
        static_configs: [{ targets: ['headroom:8370'] }],
      },
      { job_name: 'prometheus', static_configs: [{ targets: ['localhost:9090'] }] },
    ],
    ...remoteRead,
  };
  return `${HEADER}${stringify(config, { lineWidth: 0, aliasDuplicateObjects: false, singleQuote: true })}`;
}
