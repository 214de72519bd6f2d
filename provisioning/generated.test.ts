import assert from 'node:assert/strict';
import { test } from 'node:test';
import { generatedFiles } from './generated.ts';
import { readText } from './readFiles.ts';

for (const [path, text] of generatedFiles()) {
  test(`${path} is what the code writes`, () => {
    assert.equal(readText(path), text, 'run `npm run generate:provisioning`');
  });
}
