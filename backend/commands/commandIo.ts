/** Where a command reads and writes: the process' own streams in `cli.ts`, buffers in tests. */
export interface CommandIo {
  readonly stdout: { write(text: string): unknown };
  readonly stderr: { write(text: string): unknown; readonly isTTY?: boolean };
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Aborted by an interrupt: the command then stops with nothing half-written. */
  readonly signal: AbortSignal;
}
