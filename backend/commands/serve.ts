import type { Command } from 'commander';
import type { CommandIo } from './commandIo.ts';

/** What `serve` asks of the composition root. */
export interface ServeOptions {
  readonly env: CommandIo['env'];
  /** `null` serves the demo fleet. */
  readonly configFile: string | null;
  readonly isReadPublic: boolean;
  /** Where log lines go: one JSON object each. */
  readonly log: { write(line: string): unknown };
}

export interface RunningSidecar {
  readonly url: string;
  /** Whether the page is there to be seen at `url`. */
  readonly hasWorkbench: boolean;
  close(): Promise<void>;
}

export type StartSidecar = (options: ServeOptions) => Promise<RunningSidecar>;

/** `headroom serve`: the sidecar, until an interrupt; `start` builds and starts it. */
export function addServeCommand(program: Command, io: CommandIo, start: StartSidecar): void {
  program
    .command('serve')
    .description('runs the sidecar; without a configuration it serves the demo fleet')
    .option('--config <file>', 'the workloads file (YAML); HEADROOM_CONFIG where the flag is absent')
    .option('--demo', 'serve the demo fleet, whatever HEADROOM_CONFIG says')
    .option('--public-read', 'reads need no token')
    .addHelpText('after', HELP)
    .action(async (options: { config?: string; demo?: boolean; publicRead?: boolean }) => {
      if (options.demo === true && options.config !== undefined) {
        program.error("error: options '--demo' and '--config' exclude each other", { exitCode: 2 });
      }
      const configFile = options.demo === true ? null : (options.config ?? io.env['HEADROOM_CONFIG'] ?? null);
      const sidecar = await start({
        env: io.env,
        configFile,
        isReadPublic: options.publicRead ?? false,
        log: io.stderr,
      });
      io.stdout.write(`Headroom is ready at ${sidecar.url}\n`);
      if (!sidecar.hasWorkbench) {
        io.stdout.write(
          'The workbench page is not built: `npm run build` builds it, and `npm start` does so by itself.\n'
        );
      }
      if (configFile === null) {
        io.stdout.write('Serving the demo fleet. Your own: npx headroom serve --config workloads.yaml\n');
      }
      if (!io.signal.aborted) {
        await new Promise<void>((resolve) => {
          io.signal.addEventListener('abort', () => {
            resolve();
          });
        });
      }
      await sidecar.close();
      io.stdout.write('Headroom has stopped.\n');
    });
}

const HELP = `
Environment:
  HEADROOM_LISTEN        host:port, default 127.0.0.1:8370; beyond loopback a token is needed
  HEADROOM_TOKEN         one bearer token for all permissions, or one for each:
  HEADROOM_TOKEN_READ, HEADROOM_TOKEN_PROPOSE, HEADROOM_TOKEN_APPROVE, HEADROOM_TOKEN_SCALE, HEADROOM_TOKEN_ADMIN
  HEADROOM_DATA_DIR      where everything is kept, default .headroom
  HEADROOM_DATABASE_URL  postgres://user:password@host:port/database, to keep it there and share it
  HEADROOM_CONFIG        the workloads file
  HEADROOM_LOG_LEVEL     trace, debug, info, warn, error, fatal or silent; default info
`;
