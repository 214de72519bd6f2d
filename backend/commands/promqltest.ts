import { readFile } from 'node:fs/promises';
import type { Command } from 'commander';
import { HeadroomError } from '../errors/index.ts';
import { runTestFile, type TestReport } from '../promql/index.ts';
import type { CommandIo } from './commandIo.ts';

/** `headroom promqltest FILE...`: Prometheus' query tests against the evaluator that serves the HTTP API. */
export function addPromqltestCommand(program: Command, io: CommandIo): void {
  program
    .command('promqltest')
    .description("runs query tests in Prometheus' own test notation (promql/promqltest, v3.5)")
    .argument('<file...>', 'files in that notation')
    .option('--json', 'one JSON document on standard output')
    .action(async (files: readonly string[], { json = false }: { json?: boolean }) => {
      const reports: Array<{ readonly file: string; readonly report: TestReport }> = [];
      for (const file of files) {
        if (io.signal.aborted) {
          return;
        }
        reports.push({ file, report: await runTestFile(await readText(file)) });
      }
      const passed = sum(reports, (report) => report.passed);
      const failed = sum(reports, (report) => report.failures.length);
      if (json) {
        io.stdout.write(`${JSON.stringify(document(reports, passed, failed), null, 2)}\n`);
      } else {
        io.stdout.write(text(reports, passed, failed));
      }
      if (failed > 0) {
        throw new HeadroomError('PROMQLTEST_FAILED', { failed, total: passed + failed });
      }
    });
}

type Reports = ReadonlyArray<{ readonly file: string; readonly report: TestReport }>;

async function readText(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (cause) {
    const { code, message } = cause as NodeJS.ErrnoException;
    throw code === 'ENOENT'
      ? new HeadroomError('FILE_NOT_FOUND', { file }, { cause })
      : new HeadroomError('FILE_UNREADABLE', { file, reason: message }, { cause });
  }
}

function sum(reports: Reports, of: (report: TestReport) => number): number {
  return reports.reduce((total, { report }) => total + of(report), 0);
}

/** Each failure with its place, then what was left out and why; the last line is `N passed, N failed`. */
function text(reports: Reports, passed: number, failed: number): string {
  const lines = reports.flatMap(({ file, report }) =>
    report.failures.map(({ line, query, problem }) => `${file}:${String(line)}: ${query}\n    ${problem}`)
  );
  for (const [reason, count] of skippedByReason(reports)) {
    lines.push(`${String(count)} skipped: ${reason}`);
  }
  return [...lines, `${String(passed)} passed, ${String(failed)} failed`, ''].join('\n');
}

function skippedByReason(reports: Reports): Map<string, number> {
  const skipped = new Map<string, number>();
  for (const [reason, count] of reports.flatMap(({ report }) => [...report.skipped])) {
    skipped.set(reason, (skipped.get(reason) ?? 0) + count);
  }
  return skipped;
}

function document(reports: Reports, passed: number, failed: number): unknown {
  return {
    passed,
    failed,
    skipped: Object.fromEntries(skippedByReason(reports)),
    files: reports.map(({ file, report }) => ({
      file,
      passed: report.passed,
      failures: report.failures,
      skipped: Object.fromEntries(report.skipped),
    })),
  };
}
