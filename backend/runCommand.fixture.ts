import { runCli } from './cli.ts';

export interface CommandRun {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs one command line in this process, its streams in buffers. */
export async function runCommand(
  argv: readonly string[],
  env: Readonly<Record<string, string | undefined>> = {},
  signal: AbortSignal = new AbortController().signal
): Promise<CommandRun> {
  const written = { stdout: '', stderr: '' };
  const exitCode = await runCli(argv, {
    stdout: { write: (text) => (written.stdout += text) },
    stderr: { write: (text) => (written.stderr += text) },
    env,
    signal,
  });
  return { exitCode, ...written };
}
