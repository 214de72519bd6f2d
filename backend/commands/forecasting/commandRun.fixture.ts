import { Command } from 'commander';
import type { CommandIo } from '../commandIo.ts';

/** What a command wrote and threw. */
export interface CommandRun {
  readonly stdout: string;
  readonly stderr: string;
  readonly error: unknown;
}

/** Runs one command line of the command that `add` adds. */
export async function runCommand(
  add: (program: Command, io: CommandIo) => void,
  args: readonly string[],
  signal: AbortSignal = new AbortController().signal
): Promise<CommandRun> {
  let [stdout, stderr] = ['', ''];
  let error: unknown;
  const program = new Command('headroom').configureOutput({ writeOut: () => undefined, writeErr: () => undefined });
  program.exitOverride();
  add(program, {
    stdout: { write: (text) => (stdout += text) },
    stderr: { write: (text) => (stderr += text) },
    env: {},
    signal,
  });
  program.commands.forEach((command) => command.exitOverride());
  try {
    await program.parseAsync(args, { from: 'user' });
  } catch (thrown) {
    error = thrown;
  }
  return { stdout, stderr, error };
}
