import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { planFileSchema, scenarioSchema, serviceFileSchema } from '../../../contract/index.ts';
import { HeadroomError } from '../../errors/index.ts';
import { parseYaml } from './parseYaml.ts';

const parse = (text: string) => parseYaml(text, 'x.yaml', planFileSchema, 'PLAN_INVALID');

const fault = (text: string): string => {
  try {
    parse(text);
  } catch (error) {
    assert.ok(error instanceof HeadroomError, String(error));
    return error.message;
  }
  throw new Error(`no fault in ${text}`);
};

test('several documents are read, each field with its place', () => {
  const [first, second] = parse(
    'name: a\nreplicas: [ { at: 0m, count: 1 } ]\n---\nname: b\nreplicas:\n  - { at: 1h, count: 2 }\n'
  );
  assert.deepEqual([first!.value.name, second!.value.replicas[0]!.count], ['a', 2]);
  assert.equal(second!.locate('replicas[0].count'), 'x.yaml:6:22');
  assert.equal(second!.locate('replicas[3].count'), 'x.yaml:6:3');
});

test('a fault names file, line, column and field', () => {
  assert.match(
    fault('name: a\nreplicas:\n  - { at: soon, count: 1 }\n'),
    /^x\.yaml:3:11: replicas\[0\]\.at must be a duration/
  );
  assert.match(fault('name: a\n'), /^x\.yaml:1:1: replicas is missing/);
  assert.match(fault('- 1\n'), /^x\.yaml:1:1: document /);
  assert.match(fault('# nothing\n'), /^x\.yaml:1:1: document |is empty/);
});

test('aliases to nowhere and aliases that explode are faults, not crashes', () => {
  assert.match(fault('name: *nowhere\n'), /YAML cannot be read/);
  const rows = Array.from(
    { length: 12 },
    (_, i) => `a${String(i + 1)}: &a${String(i + 1)} [${Array.from({ length: 9 }, () => `*a${String(i)}`).join(', ')}]`
  );
  assert.match(fault(`a0: &a0 [x]\n${rows.join('\n')}\n`), /YAML cannot be read/);
});

test('whatever the text, the outcome is a value or a coded fault', () => {
  const token = fc.constantFrom(
    'name',
    ':',
    ' ',
    '\n',
    '- ',
    '{',
    '}',
    '[',
    ']',
    '&a',
    '*a',
    '---\n',
    '"',
    "'",
    '|',
    '0m',
    '1',
    'replicas',
    'interventions',
    '#',
    '\t',
    '!!str',
    '? ',
    '<<: '
  );
  const text = fc.oneof(
    fc.string(),
    fc.array(token, { maxLength: 40 }).map((parts) => parts.join(''))
  );
  const schemas = [
    [planFileSchema, 'PLAN_INVALID'],
    [scenarioSchema, 'SCENARIO_INVALID'],
    [serviceFileSchema, 'SERVICE_INVALID'],
  ] as const;
  fc.assert(
    fc.property(text, (source) => {
      for (const [schema, code] of schemas) {
        try {
          parseYaml<unknown>(source, 'x.yaml', schema, code);
        } catch (error) {
          assert.ok(error instanceof HeadroomError && error.code === code, String(error));
        }
      }
    }),
    { numRuns: 500 }
  );
});
