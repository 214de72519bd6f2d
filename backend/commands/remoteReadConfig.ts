import type { Command } from 'commander';
import { HeadroomError } from '../errors/index.ts';
import { remoteReadConfig } from '../http/index.ts';
import type { CommandIo } from './commandIo.ts';

const DEFAULT_URL = 'http://127.0.0.1:8370';

/** `headroom remote-read-config`: the block of `prometheus.yml` that gives a Prometheus the future. */
export function addRemoteReadConfigCommand(program: Command, io: CommandIo): void {
  program
    .command('remote-read-config')
    .description('prints the block for prometheus.yml that lets a Prometheus read the future from Headroom')
    .option('--url <url>', "Headroom's address, as the Prometheus reaches it", DEFAULT_URL)
    .option('--token-file <file>', "the file on the Prometheus' machine that holds the bearer token")
    .action(({ url, tokenFile }: { url: string; tokenFile?: string }) => {
      if (!URL.canParse(url) || !/^https?:$/.test(new URL(url).protocol)) {
        throw new HeadroomError('USAGE', {
          problem: `--url must be an http or https address, not ${url}`,
          command: 'remote-read-config',
        });
      }
      io.stdout.write(remoteReadConfig({ url, ...(tokenFile === undefined ? {} : { tokenFile }) }));
    });
}
