import assert from 'node:assert/strict';
import { mkdir, mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { hashOfInputs } from './hashOfInputs.ts';

let root = '';

before(async () => {
  root = await mkdtemp(join(tmpdir(), 'headroom-inputs-'));
  await mkdir(join(root, 'src/pages'), { recursive: true });
  await writeFile(join(root, 'src/a.ts'), 'a');
  await writeFile(join(root, 'src/pages/b.ts'), 'b');
  await writeFile(join(root, 'LICENSE'), 'free');
});

after(() => rm(root, { recursive: true, force: true }));

const hash = () => hashOfInputs(root, ['src', 'LICENSE', 'not-there']);

test('the same inputs have the same hash, whatever their times', async () => {
  const first = await hash();
  await writeFile(join(root, 'src/a.ts'), 'a');
  assert.equal(await hash(), first);
});

test('changed content, a new file, a file that moves: each is another hash', async () => {
  const first = await hash();
  await writeFile(join(root, 'LICENSE'), 'freer');
  const changed = await hash();
  await writeFile(join(root, 'src/c.ts'), 'c');
  const added = await hash();
  await rename(join(root, 'src/c.ts'), join(root, 'src/pages/c.ts'));
  const moved = await hash();
  assert.equal(new Set([first, changed, added, moved]).size, 4);
});

test('a test beside the source changes nothing: it is in no build', async () => {
  const first = await hash();
  await writeFile(join(root, 'src/a.test.ts'), 'tests');
  await writeFile(join(root, 'src/pages/b.test.tsx'), 'tests');
  assert.equal(await hash(), first);
});
