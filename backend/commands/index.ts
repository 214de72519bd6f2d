/** The commands of `headroom`, one file each; `cli.ts` puts them together. */
export { addCommands } from './addCommands.ts';
export type { CommandIo } from './commandIo.ts';
export { startProgress, type Progress } from './progress.ts';
export { addServeCommand, type RunningSidecar, type ServeOptions, type StartSidecar } from './serve.ts';
export { writeFileWhole } from './writeFileWhole.ts';
