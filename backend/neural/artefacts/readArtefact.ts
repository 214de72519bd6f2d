import { createHash } from 'node:crypto';
import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import * as ort from 'onnxruntime-node';
import { HeadroomError } from '../../errors/index.ts';
import { INPUT_SHAPES, NEURAL_LEVELS } from '../windows/index.ts';
import { sessionOptions } from '../graph/index.ts';
import { manifestSchema, type Manifest } from './manifest.ts';

/** A learnt model, checked and ready to run. */
export interface Artefact {
  readonly folder: string;
  readonly manifest: Manifest;
  readonly session: ort.InferenceSession;
  readonly model: Uint8Array;
}

/** Reads and checks an artefact folder; throws MODEL_ARTEFACT_INVALID with the reason. */
export async function readArtefact(folder: string): Promise<Artefact> {
  const refuse = (reason: string, cause?: unknown): HeadroomError =>
    new HeadroomError('MODEL_ARTEFACT_INVALID', { folder, reason }, { cause });
  const read = async (file: string): Promise<Uint8Array> =>
    readFile(join(folder, file)).catch((cause: unknown) => {
      throw refuse(`${file} cannot be read`, cause);
    });
  const text = new TextDecoder().decode(await read('manifest.json'));
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (cause) {
    throw refuse('manifest.json is not JSON', cause);
  }
  const parsed = manifestSchema.safeParse(json);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    throw refuse(`manifest.json: ${issue?.path.join('.') ?? ''}: ${issue?.message ?? 'not valid'}`);
  }
  const model = await read('model.onnx');
  const hash = createHash('sha256').update(model).digest('hex');
  if (hash !== parsed.data.sha256) {
    throw refuse('model.onnx does not have the hash that manifest.json names: it was damaged or changed');
  }
  let session: ort.InferenceSession;
  try {
    session = await ort.InferenceSession.create(model, sessionOptions());
  } catch (cause) {
    throw refuse('ONNX Runtime cannot load model.onnx', cause);
  }
  const missing = Object.keys(INPUT_SHAPES).find((name) => !session.inputNames.includes(name));
  if (missing !== undefined || parsed.data.levels.join() !== NEURAL_LEVELS.join()) {
    throw refuse('the model was made for other inputs or levels than this version of Headroom has');
  }
  return { folder, manifest: parsed.data, session, model };
}

/**
 * The folders of artefacts at or below `folder` (`<name>/<version>/`), of each name the newest version, by name.
 *
 * Empty where the folder is not there.
 */
export async function findArtefacts(folder: string): Promise<string[]> {
  const files = await readdir(folder, { recursive: true }).catch(() => [] as string[]);
  const newest = new Map<string, string>();
  for (const file of files.filter((each) => /(^|[\\/])manifest\.json$/.test(each)).sort(byVersion)) {
    const own = file.split(/[\\/]/).slice(0, -1);
    newest.set(own.at(-2) ?? own.at(-1) ?? '', join(folder, ...own));
  }
  return [...newest].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, path]) => path);
}

function byVersion(a: string, b: string): number {
  return a.localeCompare(b, 'en', { numeric: true });
}
