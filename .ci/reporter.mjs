// A reporter for node:test: failures whole, skips with their reason, and a count; the counts also as JSON to $HEADROOM_TEST_REPORT.
import { writeFileSync } from 'node:fs';
import { relative } from 'node:path';

export default async function* report(events) {
  const counts = { passed: 0, failed: 0, skipped: [], failures: [] };
  for await (const { type, data } of events) {
    if (type === 'test:stderr' || type === 'test:stdout') {
      yield data.message;
      continue;
    }
    if ((type !== 'test:pass' && type !== 'test:fail') || data.details?.type === 'suite') {
      continue;
    }
    const place = data.file ? relative(process.cwd(), data.file) : '';
    if (data.skip !== undefined) {
      const reason = typeof data.skip === 'string' ? data.skip : 'no reason given';
      counts.skipped.push(`${place}: ${data.name}: ${reason}`);
    } else if (type === 'test:pass') {
      // A file counts by its tests; only one without any stands for itself.
      counts.passed += data.nesting === 0 && data.name.endsWith('.test.ts') ? 0 : 1;
    } else {
      const error = data.details.error;
      if (error?.failureType === 'subtestsFailed') {
        continue;
      }
      counts.failed++;
      const cause = error?.cause ?? error;
      const told = `${place}:${data.line} ${data.name}\n${cause?.stack ?? String(cause)}`;
      counts.failures.push(told);
      yield `FAILED ${told}\n\n`;
    }
  }
  yield `${counts.passed} passed, ${counts.failed} failed, ${counts.skipped.length} skipped\n`;
  if (process.env.HEADROOM_TEST_REPORT) {
    writeFileSync(process.env.HEADROOM_TEST_REPORT, JSON.stringify(counts));
  }
}
