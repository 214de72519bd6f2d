import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { DOCUMENTS, ROOT } from './markdown.fixture.ts';

const MOST_BYTES = 300_000;
const SIGNATURE = '89504e470d0a1a0a';

interface Screenshot {
  readonly file: string;
  readonly title: string;
  readonly width: number;
  readonly height: number;
}

const screenshots = json('e2e/frozen/screenshots.json') as readonly Screenshot[];
const { info } = json('src/plugin.json') as {
  readonly info: { readonly screenshots: ReadonlyArray<{ readonly name: string; readonly path: string }> };
};

describe('screenshots, as `npm run screenshots` makes them', () => {
  for (const { file, width, height } of screenshots) {
    it(`${file} is a picture of ${width} by ${height}, in under ${MOST_BYTES} bytes`, () => {
      const bytes = readFileSync(join(ROOT, 'src/img', file));
      assert.equal(bytes.subarray(0, 8).toString('hex'), SIGNATURE);
      assert.equal(bytes.subarray(12, 16).toString('latin1'), 'IHDR');
      assert.deepEqual([bytes.readUInt32BE(16), bytes.readUInt32BE(20)], [width, height]);
      assert.ok(bytes.length < MOST_BYTES, `${bytes.length} bytes`);
    });
  }

  it('are those that plugin.json names, in the same order', () => {
    assert.deepEqual(
      info.screenshots,
      screenshots.map(({ file, title }) => ({ name: title, path: `img/${file}` }))
    );
  });

  it('are all the pictures that the README shows', () => {
    const readme = DOCUMENTS.find(({ name }) => name === 'README.md')?.text ?? '';
    const shown = Array.from(readme.matchAll(/!\[[^\]]*\]\(([^)]+)\)/g), ([, path]) => path);
    assert.ok(shown.length > 0);
    assert.deepEqual(
      shown.filter((path) => !screenshots.some(({ file }) => path === `src/img/${file}`)),
      []
    );
  });
});

function json(path: string): unknown {
  return JSON.parse(readFileSync(join(ROOT, path), 'utf8'));
}
