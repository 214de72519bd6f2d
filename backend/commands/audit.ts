import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import { InvalidArgumentError, type Command } from 'commander';
import { HeadroomError } from '../errors/index.ts';
import { verifyChain } from '../storage/index.ts';
import type { CommandIo } from './commandIo.ts';

/** `headroom audit verify FILE`: whether exported decisions are an unbroken chain; exit 1 where they are not. */
export function addAuditCommand(program: Command, io: CommandIo): void {
  program
    .command('audit')
    .description('checks exported decisions')
    .command('verify')
    .description('checks that decisions are as they were recorded, and that none is missing between')
    .argument('<file>', 'what GET /api/v1/decisions/export wrote (NDJSON)')
    .option('--head <hash>', 'a hash that was noted before: it must be among them', parseHash)
    .option('--json', 'one JSON document on standard output')
    .action(async (file: string, { head, json = false }: { head?: string; json?: boolean }) => {
      const report = await verifyChain(recordsOf(file, io.signal), head === undefined ? {} : { head });
      if (io.signal.aborted) {
        return;
      }
      const { count, complete, firstSeq, lastSeq, fault } = report;
      if (json) {
        io.stdout.write(`${JSON.stringify({ file, ...report }, null, 2)}\n`);
      }
      if (fault !== null) {
        const { position: line, seq, problem } = fault;
        throw new HeadroomError('AUDIT_CHAIN_BROKEN', { file, line, seq: seq ?? 'without a number', problem });
      }
      if (!json) {
        const span = count === 0 ? '' : `: ${String(firstSeq)} to ${String(lastSeq)}`;
        const note = complete ? '' : `; those before ${String(firstSeq)} are not in this file`;
        io.stdout.write(`${file}: intact, ${String(count)} decisions${span}${note}\n`);
        io.stdout.write(`head ${report.head ?? 'none'}\n`);
      }
    });
}

function parseHash(text: string): string {
  if (!/^[0-9a-f]{64}$/.test(text)) {
    throw new InvalidArgumentError('It must be 64 hexadecimal digits.');
  }
  return text;
}

async function* recordsOf(file: string, signal: AbortSignal): AsyncGenerator {
  const input = createReadStream(file, { encoding: 'utf8' });
  // readline tells of the end of its input alone.
  const failed = new Promise<never>((_resolve, reject) => input.once('error', reject));
  const lines = createInterface({ input, crlfDelay: Number.POSITIVE_INFINITY })[Symbol.asyncIterator]();
  try {
    for (let line = 1; !signal.aborted; line++) {
      const next = await Promise.race([lines.next(), failed]);
      if (next.done === true) {
        return;
      }
      yield parseLine(next.value, file, line);
    }
  } catch (cause) {
    if (cause instanceof HeadroomError) {
      throw cause;
    }
    const { code, message } = cause as NodeJS.ErrnoException;
    throw code === 'ENOENT'
      ? new HeadroomError('FILE_NOT_FOUND', { file }, { cause })
      : new HeadroomError('FILE_UNREADABLE', { file, reason: message }, { cause });
  } finally {
    input.destroy();
  }
}

function parseLine(text: string, file: string, line: number): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch (cause) {
    throw new HeadroomError('AUDIT_LINE_INVALID', { file, line }, { cause });
  }
}
