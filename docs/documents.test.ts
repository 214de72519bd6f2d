import assert from 'node:assert/strict';
import { existsSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { describe, it } from 'node:test';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { parse } from 'yaml';
import { parseWorkloadsFile, PERMISSIONS } from '../backend/config/index.ts';
import { ERROR_TABLE } from '../backend/errors/index.ts';
import { FEATURE_FAMILIES } from '../backend/features/index.ts';
import { FORECASTER_NAMES } from '../backend/forecasting/index.ts';
import { FLEET_METRIC_NAMES } from '../backend/http/index.ts';
import { WORKLOAD_METRICS } from '../backend/http/prometheus/index.ts';
import { DOCUMENTS, fenced, prose, ROOT } from './markdown.fixture.ts';

/** What is linked and made by somebody else's hand or machine, with the reason. */
const PENDING: Readonly<Record<string, string>> = {
  'bench/README.md': 'the last table of benchmarks is written by `npm run bench` on the machine it names',
};

const workloadsSchema = JSON.parse(readFileSync(join(ROOT, 'docs/workloads.schema.json'), 'utf8')) as object;
const textOf = (name: string) => DOCUMENTS.find((document) => document.name === name)?.text ?? '';

/** GitHub's anchors of the headings, and those set by hand. */
function anchorsOf(text: string): Set<string> {
  const headings = [...prose(text).matchAll(/^#{1,6} +(.+)$/gm)].map(([, title = '']) =>
    title
      .toLowerCase()
      .replace(/[^\p{L}\p{N} _-]/gu, '')
      .replaceAll(' ', '-')
  );
  return new Set([...headings, ...Array.from(text.matchAll(/<a id="([^"]+)">/g), ([, id = '']) => id)]);
}

describe('every document', () => {
  for (const { name, text } of DOCUMENTS) {
    const links = Array.from(prose(text).matchAll(/\]\((?!https?:)([^)\s]*?)(?:#([^)\s]*))?\)/g), (match) => ({
      target: match[1] === '' ? name : relative(ROOT, resolve(ROOT, dirname(name), match[1] ?? '')),
      anchor: match[2],
    }));
    for (const { target, anchor } of links) {
      const link = anchor === undefined ? target : `${target}#${anchor}`;
      const isMissing = !existsSync(join(ROOT, target));
      it(`${name} links to ${link}`, { skip: isMissing && PENDING[target] }, () => {
        assert.ok(!isMissing, `${target} is not there`);
        if (anchor !== undefined) {
          assert.ok(anchorsOf(readFileSync(join(ROOT, target), 'utf8')).has(anchor), `${target} has no #${anchor}`);
        }
      });
    }

    it(`${name} names only errors, metrics and variables that exist`, () => {
      // What a test is told by is no code.
      const codes =
        /\b(?!ACTING_S(?:EQUENCES|HRINK)\b)(?:ACTING|API|CONFIG|CSV|FORECAST|SOURCE|STORAGE|SCENARIO|PLAN|SERVICE|PROMQL|TARGET)_[A-Z]+(?:_[A-Z]+)*\b/g;
      for (const [code] of text.replace(/`[^`\s]+\.ts`: “[^”]*”/g, '').matchAll(codes)) {
        assert.ok(code in ERROR_TABLE, code);
      }
      for (const [metric = ''] of text.matchAll(/\bheadroom_[a-z_]+[a-z]\b/g)) {
        const published = metric
          .replace('headroom_horizon_', 'headroom_')
          .replace(/_seconds_(bucket|sum|count)$/, '_seconds');
        assert.ok(METRICS.has(published), metric);
      }
      for (const [variable] of text.matchAll(/\bHEADROOM_[A-Z_]+[A-Z]\b/g)) {
        assert.ok(VARIABLES.has(variable), variable);
      }
    });

    for (const example of fenced(text, 'yaml').filter((each) => /^sources:/m.test(each))) {
      it(`${name} shows a workloads file that is valid, by the schema for editors too`, () => {
        assertValidWorkloads(example);
      });
    }
  }
});

const METRICS = new Set<string>([
  ...FLEET_METRIC_NAMES,
  ...Object.keys(WORKLOAD_METRICS),
  ...Array.from(
    readFileSync(join(ROOT, 'backend/http/prometheus/metrics/sidecarMetrics.ts'), 'utf8').matchAll(/headroom_[a-z_]+/g),
    ([metric]) => metric
  ),
  // What prometheus-adapter is told to call them.
  ...Array.from(
    readFileSync(join(ROOT, 'docs/examples/prometheus-adapter.yaml'), 'utf8').matchAll(/as: (headroom_[a-z_]+)/g),
    ([, metric = '']) => metric
  ),
]);

const VARIABLES = new Set([
  ...[
    'backend/config/environment.ts',
    'backend/config/kedaTls.ts',
    'backend/config/readLearning.ts',
    'backend/commands/serve.ts',
  ].flatMap((file) =>
    Array.from(readFileSync(join(ROOT, file), 'utf8').matchAll(/\bHEADROOM_[A-Z_]+[A-Z]\b/g), ([name]) => name)
  ),
  ...PERMISSIONS.map((permission) => `HEADROOM_TOKEN_${permission.toUpperCase()}`),
]);

function assertValidWorkloads(text: string): void {
  const parsed = parseWorkloadsFile(text);
  assert.ok(parsed.isValid, JSON.stringify(parsed));
  const validate = new Ajv2020({ strict: false, validateFormats: false }).compile(workloadsSchema);
  // Through JSON, as an editor sees it: instants are text there.
  assert.ok(validate(JSON.parse(JSON.stringify(parse(text)))), JSON.stringify(validate.errors));
}

describe('what a document claims', () => {
  const claims = DOCUMENTS.flatMap(({ name, text }) =>
    Array.from(text.matchAll(/`([^`\s]+\.ts)`: “([^”]+)”/g), ([, file = '', words = '']) => ({ name, file, words }))
  );

  it('is held by tests and lines that exist', () => {
    assert.ok(claims.length > 40, `${claims.length} claims were found`);
    for (const { name, file, words } of claims) {
      assert.ok(existsSync(join(ROOT, file)), `${name}: there is no ${file}`);
      const source = readFileSync(join(ROOT, file), 'utf8');
      assert.ok(source.includes(words.replaceAll('\\', '')), `${name}: ${file} has no “${words}”`);
    }
  });

  it('is held for every row of what happens when', () => {
    const [, tables = ''] = /## What happens when([\s\S]*?)\n## /.exec(textOf('docs/operations.md')) ?? [];
    const rows = tables.split('\n').filter((line) => line.startsWith('| ') && !/^\| *(?:when|-)/.test(line));
    assert.ok(rows.length > 20);
    for (const row of rows) {
      assert.match(row, /`[^`\s]+\.test\.ts`: “[^”]+” *\|/, row);
    }
  });
});

describe('nothing is left out of', () => {
  it('docs/prometheus.md: every metric', () => {
    for (const metric of FLEET_METRIC_NAMES) {
      assert.ok(textOf('docs/prometheus.md').includes(`\`${metric}\``), metric);
    }
  });

  it('docs/forecasting.md: every model', () => {
    for (const model of FORECASTER_NAMES) {
      assert.ok(textOf('docs/forecasting.md').includes(`\`${model}\``), model);
    }
  });

  it('docs/forecasting.md: every feature', () => {
    for (const { pattern } of FEATURE_FAMILIES) {
      assert.ok(textOf('docs/forecasting.md').includes(`\`${pattern}\``), pattern);
    }
  });

  it('docs/configuration.md and examples/complete.yaml: every field of the workloads file', () => {
    const complete = readFileSync(join(ROOT, 'docs/examples/complete.yaml'), 'utf8');
    assertValidWorkloads(complete);
    const known = new Set([
      ...keysIn(parse(complete)),
      ...['docs/configuration.md', 'docs/acting/targets.md'].flatMap((name) =>
        Array.from(textOf(name).matchAll(/[A-Za-z]\w*/g), ([word]) => word)
      ),
    ]);
    const fields = [...new Set(propertyNamesIn(workloadsSchema))];
    assert.ok(fields.length > 50);
    assert.deepEqual(
      fields.filter((field) => !known.has(field)),
      []
    );
  });
});

function keysIn(value: unknown): string[] {
  return typeof value === 'object' && value !== null
    ? Object.entries(value).flatMap(([key, each]) => [key, ...keysIn(each)])
    : [];
}

function propertyNamesIn(schema: unknown): string[] {
  if (typeof schema !== 'object' || schema === null) {
    return [];
  }
  return Object.entries(schema).flatMap(([key, each]) => [
    ...(key === 'properties' ? Object.keys(each as object) : []),
    ...propertyNamesIn(each),
  ]);
}

describe('docs/examples', () => {
  it('workloads.yaml is the file that the README shows', () => {
    const [shown] = fenced(textOf('README.md'), 'yaml');
    assert.deepEqual(parse(readFileSync(join(ROOT, 'docs/examples/workloads.yaml'), 'utf8')), parse(shown ?? ''));
    assert.ok(statSync(join(ROOT, 'docs/examples/requests.csv')).size < 100_000, 'small enough to look at');
  });
});
