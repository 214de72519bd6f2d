import { Command, CommanderError } from 'commander';
import packageJson from '../package.json' with { type: 'json' };
import { addCommands, addServeCommand, type CommandIo } from './commands/index.ts';
import { HeadroomError } from './errors/index.ts';
import { startSidecar } from './main.ts';

const EXIT_INTERRUPTED = 130;

/** Runs one command line; resolves with its exit code: 0 done, 1 failed, 2 wrong use or bad input, 130 interrupted. */
export async function runCli(argv: readonly string[], io: CommandIo): Promise<number> {
  const program = new Command('headroom')
    .description('Sees capacity shortfalls coming: forecasts, simulates and recommends capacity.')
    .version(packageJson.version)
    .exitOverride()
    .showHelpAfterError(false)
    .configureOutput({
      writeOut: (text) => {
        io.stdout.write(text);
      },
      writeErr: (text) => {
        io.stderr.write(text);
      },
    });
  addServeCommand(program, io, startSidecar);
  addCommands(program, io);
  try {
    await program.parseAsync(argv, { from: 'user' });
    return io.signal.reason === 'SIGINT' ? EXIT_INTERRUPTED : 0;
  } catch (error) {
    if (io.signal.aborted) {
      io.stderr.write('headroom: interrupted\n');
      return EXIT_INTERRUPTED;
    }
    if (error instanceof CommanderError) {
      return error.exitCode === 0 ? 0 : 2;
    }
    if (error instanceof HeadroomError) {
      io.stderr.write(`headroom: ${error.message}. ${error.action}. (${error.code})\n`);
      return error.exitCode;
    }
    io.stderr.write(`headroom: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
    return 1;
  }
}

/** The process' own streams; an interrupt aborts the command, a second one ends the process at once. */
function processIo(): CommandIo {
  const abort = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.on(signal, () => {
      if (abort.signal.aborted) {
        process.exit(EXIT_INTERRUPTED);
      }
      abort.abort(signal);
    });
  }
  // A reader that goes away (`headroom forecast ... | head`) is no failure of ours.
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    process.exit(error.code === 'EPIPE' ? 0 : 1);
  });
  return { stdout: process.stdout, stderr: process.stderr, env: process.env, signal: abort.signal };
}

/** Runs this process' command line to its exit code. */
export async function runProcess(): Promise<void> {
  process.exitCode = await runCli(process.argv.slice(2), processIo());
}

if (import.meta.main) {
  await runProcess();
}
