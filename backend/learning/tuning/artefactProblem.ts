import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Manifest } from '../../neural/index.ts';

/** Why an artefact's network is not the one of its manifest, in words, without loading it; `undefined` where it is. */
export async function artefactProblem(folder: string, { sha256 }: Manifest): Promise<string | undefined> {
  const model = await readFile(join(folder, 'model.onnx')).catch(() => undefined);
  if (model === undefined) {
    return 'model.onnx cannot be read';
  }
  return createHash('sha256').update(model).digest('hex') === sha256
    ? undefined
    : 'model.onnx does not have the hash that manifest.json names: it was damaged or changed';
}
