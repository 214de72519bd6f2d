import type { Command } from 'commander';
import { readEnvironment } from '../config/index.ts';
import { gatherReport } from '../control/index.ts';
import { HeadroomError } from '../errors/index.ts';
import { monthStart, reportHtml } from '../http/index.ts';
import { openPostgresStorage, openSqliteStorage, type Storage } from '../storage/index.ts';
import type { CommandIo } from './commandIo.ts';
import { requireWritable } from './requireWritable.ts';
import { writeFileWhole } from './writeFileWhole.ts';

interface ReportFlags {
  readonly out: string;
  readonly month?: string;
}

/** `headroom report`: a month as a page to print, from what a sidecar has kept. */
export function addReportCommand(program: Command, io: CommandIo): void {
  program
    .command('report')
    .description('writes the report of a month as HTML, from what a sidecar keeps in HEADROOM_DATA_DIR or its database')
    .requiredOption('--out <file>', 'the file to write')
    .option('--month <month>', 'such as 2026-11; default the present one')
    .action(async ({ out, month }: ReportFlags) => {
      const now = Date.now() / 1000;
      const start = monthStart(month, now);
      if (start === undefined) {
        throw new HeadroomError('USAGE', {
          problem: `--month must be a month such as 2026-11, not after the present one, not ${String(month)}`,
          command: 'report',
        });
      }
      await requireWritable(out);
      const { dataDirectory, databaseUrl } = readEnvironment(io.env);
      const storage: Storage = await (databaseUrl === undefined
        ? openSqliteStorage({ directory: dataDirectory })
        : openPostgresStorage(databaseUrl));
      try {
        const material = await gatherReport(storage, start, now);
        await writeFileWhole(out, await reportHtml(material));
        io.stdout.write(`${out}: ${String(new Set(material.days.map(({ workload }) => workload)).size)} workloads\n`);
      } finally {
        await storage.close();
      }
    });
}
