import type { CommandIo } from './commandIo.ts';

/** Tells on standard error how far a long piece of work is: a bar on a terminal, a plain line every tenth elsewhere. */
export interface Progress {
  advance(done: number, note?: string): void;
  finish(): void;
}

const BAR_WIDTH = 30;

/** Starts the progress of `total` steps named `title`; `isQuiet` silences it. */
export function startProgress(io: CommandIo, title: string, total: number, isQuiet: boolean): Progress {
  if (isQuiet || total <= 0) {
    return { advance: () => undefined, finish: () => undefined };
  }
  let lastTenth = -1;
  return {
    advance(done, note = '') {
      const share = Math.min(1, done / total);
      const tenth = Math.floor(share * 10);
      const percent = `${String(Math.round(share * 100))} %`;
      if (io.stderr.isTTY === true) {
        const filled = Math.round(share * BAR_WIDTH);
        io.stderr.write(
          `\r${title} [${'#'.repeat(filled)}${'.'.repeat(BAR_WIDTH - filled)}] ${percent} ${note}\u001b[K`
        );
      } else if (tenth > lastTenth) {
        io.stderr.write(`${title}: ${percent} (${String(done)} of ${String(total)})${note === '' ? '' : ` ${note}`}\n`);
      }
      lastTenth = tenth;
    },
    finish() {
      if (io.stderr.isTTY === true) {
        io.stderr.write('\n');
      }
    },
  };
}
