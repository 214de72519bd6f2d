import { readFile } from 'node:fs/promises';
import type { Command } from 'commander';
import { fieldsWithoutEffect, parseWorkloadsFile } from '../config/index.ts';
import { loadWorkloadsFile } from '../control/index.ts';
import { HeadroomError } from '../errors/index.ts';
import type { CommandIo } from './commandIo.ts';

/** `headroom check-config FILE`: every fault with its line, and what has no effect; exit 2 on a fault. */
export function addCheckConfigCommand(program: Command, io: CommandIo): void {
  program
    .command('check-config')
    .description('validates a workloads file: every fault with its line')
    .argument('<file>', 'the workloads file (YAML)')
    .option('--json', 'one JSON document on standard output')
    .action(async (file: string, { json = false }: { json?: boolean }) => {
      const text = await readFile(file, 'utf8').catch(() => undefined);
      const parsed = text === undefined ? undefined : parseWorkloadsFile(text);
      if (parsed?.isValid === false) {
        if (json) {
          io.stdout.write(`${JSON.stringify({ file, valid: false, faults: parsed.faults }, null, 2)}\n`);
        } else {
          for (const fault of parsed.faults) {
            const path = fault.path === '' ? '' : `${fault.path}: `;
            io.stderr.write(`${file}:${fault.line}:${fault.column}: ${path}${fault.problem}\n`);
          }
        }
        throw new HeadroomError('CONFIG_FAULTS', { file, count: parsed.faults.length });
      }
      const config = await loadWorkloadsFile(file);
      const notes = config.workloads.flatMap(({ name, definition, notes: own }) => {
        const fields = fieldsWithoutEffect(definition);
        const unused = fields.length === 0 ? [] : [`declared, but without effect yet: ${fields.join(', ')}`];
        return [...own, ...unused].map((note) => ({ workload: name, note }));
      });
      if (json) {
        io.stdout.write(
          `${JSON.stringify({ file, valid: true, faults: [], workloads: config.workloads.length, notes }, null, 2)}\n`
        );
        return;
      }
      for (const { workload, note } of notes) {
        io.stdout.write(`${file}: note on ${workload}: ${note}\n`);
      }
      io.stdout.write(`${file}: valid, ${config.workloads.length} workloads from ${config.sources.length} sources\n`);
    });
}
