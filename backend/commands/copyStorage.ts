import type { Command } from 'commander';
import { HeadroomError } from '../errors/index.ts';
import { copyStorage } from '../storage/index.ts';
import type { CommandIo } from './commandIo.ts';
import { startProgress, type Progress } from './progress.ts';

interface CopyFlags {
  readonly dataDir?: string;
  readonly json?: boolean;
  readonly quiet?: boolean;
}

/** `headroom copy-storage`: all that SQLite keeps, into the empty PostgreSQL that HEADROOM_DATABASE_URL names. */
export function addCopyStorageCommand(program: Command, io: CommandIo): void {
  program
    .command('copy-storage')
    .description('copies all that SQLite keeps into the empty PostgreSQL that HEADROOM_DATABASE_URL names')
    .option('--data-dir <folder>', 'where SQLite keeps it (default: HEADROOM_DATA_DIR, else .headroom)')
    .option('--json', 'one JSON document on standard output')
    .option('--quiet', 'no progress')
    .action(async ({ dataDir, json = false, quiet = false }: CopyFlags) => {
      const url = io.env['HEADROOM_DATABASE_URL'];
      if (url === undefined || url === '') {
        // Not as an option: a password does not belong where every user of the machine sees it.
        throw new HeadroomError('USAGE', {
          problem: 'HEADROOM_DATABASE_URL does not name where to copy to',
          command: 'copy-storage',
        });
      }
      const directory = dataDir ?? io.env['HEADROOM_DATA_DIR'] ?? '.headroom';
      let progress: { readonly step: string; readonly bar: Progress } | undefined;
      const copy = await copyStorage({ directory }, url, Date.now() / 1000, {
        signal: io.signal,
        advance(step, done, total) {
          if (progress?.step !== step) {
            progress?.bar.finish();
            progress = { step, bar: startProgress(io, step, total, quiet) };
          }
          progress.bar.advance(done);
        },
      });
      progress?.bar.finish();
      const { from, to, rows, chain } = copy;
      if (json) {
        io.stdout.write(`${JSON.stringify(copy, null, 2)}\n`);
        return;
      }
      const counts = Object.entries(rows).map(([table, count]) => `${table} ${String(count)}`);
      io.stdout.write(`${from} -> ${to}: ${counts.join(', ')}\n`);
      io.stdout.write(`decisions: intact, ${String(chain.count)}, head ${chain.head ?? 'none'}\n`);
    });
}
