// `npm test`: every suite in turn, what was skipped and why, and one count at the end.
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { stripVTControlCharacters } from 'node:util';

interface Counts {
  passed: number;
  failed: number;
  skipped: string[];
  /** What failed and how, each text whole. */
  failures: string[];
}

interface Suite {
  readonly name: string;
  readonly run: (report: string) => Promise<Counts>;
}

const FAILURE_LINES = 12;

const bin = (name: string) => join('node_modules', '.bin', name);

const suites: readonly Suite[] = [
  { name: 'backend', run: runBackend },
  { name: 'plugin', run: runPlugin },
  { name: 'browser', run: runBrowser },
];

// The shell without windows does the same at half the work.
const chromium =
  process.env['CHROMIUM_PATH'] ??
  (existsSync('/usr/bin/chromium-headless-shell') ? '/usr/bin/chromium-headless-shell' : '/usr/bin/chromium');
const wanted = process.argv.slice(2);
if (existsSync(chromium) && (await run(bin('node'), ['workbench/ensureBuilt.ts'], {})).code !== 0) {
  process.exit(1);
}
const folder = await mkdtemp(join(tmpdir(), 'headroom-test-'));
const total: Counts = { passed: 0, failed: 0, skipped: [], failures: [] };
try {
  for (const suite of suites.filter(({ name }) => wanted.length === 0 || wanted.includes(name))) {
    process.stdout.write(`\n== ${suite.name} ==\n`);
    const counts = await suite.run(join(folder, `${suite.name}.json`));
    total.passed += counts.passed;
    total.failed += counts.failed;
    total.skipped.push(...counts.skipped.map((each) => `${suite.name}: ${each}`));
    total.failures.push(...counts.failures.map((each) => `${suite.name}: ${each}`));
  }
} finally {
  await rm(folder, { recursive: true, force: true });
}
process.stdout.write('\n');
for (const each of total.skipped) {
  process.stdout.write(`skipped: ${each}\n`);
}
// Again, since each is far up by now.
for (const each of total.failures) {
  process.stdout.write(
    `\nfailed: ${stripVTControlCharacters(each).split('\n').slice(0, FAILURE_LINES).join('\n  ')}\n`
  );
}
process.stdout.write(`\n${total.passed} passed, ${total.failed} failed, ${total.skipped.length} skipped\n`);
process.exitCode = total.failed > 0 || total.passed === 0 ? 1 : 0;

async function runBackend(report: string): Promise<Counts> {
  const { code } = await run(
    bin('node'),
    [
      `--import=${new URL('properties.ts', import.meta.url).href}`,
      '--test',
      // One more than CI has cores: many wait for a server or a process.
      '--test-concurrency=3',
      '--test-reporter=./.ci/reporter.mjs',
      '--test-reporter-destination=stdout',
      'backend/**/*.test.ts',
      'contract/**/*.test.ts',
      'provisioning/**/*.test.ts',
      'docs/**/*.test.ts',
      'bench/**/*.test.ts',
      'workbench/*.test.ts',
    ],
    { HEADROOM_TEST_REPORT: report }
  );
  return readCounts(report, code, (text) => JSON.parse(text) as Counts);
}

async function runPlugin(report: string): Promise<Counts> {
  const { code } = await run(bin('jest'), ['--ci', '--maxWorkers=2', '--json', `--outputFile=${report}`], {});
  return readCounts(report, code, (text) => {
    const result = JSON.parse(text) as {
      numPassedTests: number;
      numFailedTests: number;
      numRuntimeErrorTestSuites: number;
      testResults: ReadonlyArray<{
        message: string;
        assertionResults: ReadonlyArray<{ status: string; fullName: string; failureMessages?: readonly string[] }>;
      }>;
    };
    return {
      passed: result.numPassedTests,
      failed: result.numFailedTests + result.numRuntimeErrorTestSuites,
      skipped: result.testResults
        .flatMap((file) => file.assertionResults)
        .filter((test) => test.status === 'pending')
        .map((test) => test.fullName),
      failures: result.testResults.flatMap(({ message, assertionResults }) => {
        const failed = assertionResults.filter(({ status }) => status === 'failed');
        return failed.length === 0 && assertionResults.length === 0 && message !== ''
          ? [message]
          : failed.map((test) => `${test.fullName}\n${test.failureMessages?.[0] ?? ''}`);
      }),
    };
  });
}

async function runBrowser(report: string): Promise<Counts> {
  if (!existsSync(chromium)) {
    return {
      passed: 0,
      failed: 0,
      skipped: [
        `all: no Chromium at ${chromium} (set CHROMIUM_PATH, or install Debian's chromium-headless-shell or chromium)`,
      ],
      failures: [],
    };
  }
  const { code } = await run(bin('playwright'), ['test', '--reporter=line,json'], {
    PLAYWRIGHT_JSON_OUTPUT_NAME: report,
  });
  return readCounts(report, code, (text) => {
    const { stats, suites: all } = JSON.parse(text) as {
      stats: { expected: number; unexpected: number; flaky: number };
      suites: readonly PlaywrightSuite[];
    };
    return {
      passed: stats.expected + stats.flaky,
      failed: stats.unexpected,
      skipped: all.flatMap(skippedSpecs),
      failures: all.flatMap(failedSpecs),
    };
  });
}

interface PlaywrightSuite {
  readonly suites?: readonly PlaywrightSuite[];
  readonly specs?: ReadonlyArray<{
    title: string;
    tests: ReadonlyArray<{
      status: string;
      annotations: ReadonlyArray<{ type: string; description?: string }>;
      results: ReadonlyArray<{ errors: ReadonlyArray<{ message?: string }> }>;
    }>;
  }>;
}

function failedSpecs(suite: PlaywrightSuite): string[] {
  return [
    ...(suite.suites ?? []).flatMap(failedSpecs),
    ...(suite.specs ?? []).flatMap((spec) =>
      spec.tests
        .filter((test) => test.status === 'unexpected')
        .map(
          (test) =>
            `${spec.title}\n${test.results.flatMap(({ errors }) => errors.map(({ message }) => message ?? '')).join('\n')}`
        )
    ),
  ];
}

/** Why a test was skipped: what it says, or, in a series that is ended by a failure, that. */
function skipReason(annotations: ReadonlyArray<{ type: string; description?: string }>): string {
  const skip = annotations.find(({ type }) => type === 'skip' || type === 'fixme');
  const isInSeries = annotations.some(({ type }) => type === 'serial');
  return skip?.description ?? (skip === undefined && isInSeries ? 'the test before it failed' : 'no reason given');
}

function skippedSpecs(suite: PlaywrightSuite): string[] {
  return [
    ...(suite.suites ?? []).flatMap(skippedSpecs),
    ...(suite.specs ?? []).flatMap((spec) =>
      spec.tests
        .filter((test) => test.status === 'skipped')
        .map((test) => `${spec.title}: ${skipReason(test.annotations)}`)
    ),
  ];
}

async function readCounts(report: string, code: number, parse: (text: string) => Counts): Promise<Counts> {
  const text = await readFile(report, 'utf8').catch(() => undefined);
  if (text === undefined) {
    process.stdout.write(`the suite ended with code ${code} and no report\n`);
    return { passed: 0, failed: 1, skipped: [], failures: [`ended with code ${code} and no report`] };
  }
  const counts = parse(text);
  return code !== 0 && counts.failed === 0 ? { ...counts, failed: 1 } : counts;
}

function run(command: string, args: readonly string[], env: Record<string, string>): Promise<{ code: number }> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      stdio: ['ignore', 'inherit', 'inherit'],
      env: {
        ...process.env,
        CHROMIUM_PATH: chromium,
        // Each test file is a process of its own: what one has compiled the next needn't.
        NODE_COMPILE_CACHE: join(process.cwd(), 'node_modules', '.cache', 'headroom'),
        ...env,
        PATH: `${join(process.cwd(), 'node_modules', '.bin')}:${process.env['PATH'] ?? ''}`,
      },
    });
    child.on('error', reject);
    child.on('exit', (code) => {
      resolve({ code: code ?? 1 });
    });
  });
}
