import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { LocalModel } from '../../forecasting/index.ts';
import { manifestSchema, neuralModel, readArtefact, type Manifest } from '../../neural/index.ts';
import { versionFolders } from './versionFolders.ts';

/** An artefact on the shelf: in force, older than the one in force, or refused with the reason. */
export interface ShelvedModel {
  readonly folder: string;
  readonly name: string;
  readonly version: string;
  readonly state: 'inForce' | 'superseded' | 'refused';
  readonly reason: string | null;
  readonly manifest: Manifest | null;
  readonly card: string | null;
}

interface Read {
  readonly stamp: string;
  readonly model: LocalModel | undefined;
  readonly manifest: Manifest | null;
  readonly reason: string | null;
}

/**
 * Reads artefacts laid out as `<name>/<version>/`. Of each name the newest that is whole is in force, so one that is
 * damaged leaves the last good one in force. What was read is read again only where its files have changed.
 */
export class ModelShelf {
  readonly #read = new Map<string, Read>();

  /** Every artefact of a folder, by name, the newest first; none where the folder is not there. */
  async models(folder: string): Promise<ShelvedModel[]> {
    const shelved: ShelvedModel[] = [];
    for (const name of await namesIn(folder)) {
      let isOlder = false;
      for (const version of await versionFolders(join(folder, name))) {
        const own = join(folder, name, version);
        const read: Manifested = isOlder ? await readManifest(own) : await this.#load(own, name);
        const { manifest, reason } = read;
        const isWhole = reason === null;
        const state = !isWhole ? 'refused' : isOlder ? 'superseded' : 'inForce';
        const card = await readFile(join(own, 'CARD.md'), 'utf8').catch(() => null);
        shelved.push({ folder: own, name, version, state, reason, manifest, card });
        isOlder ||= isWhole;
      }
    }
    return shelved;
  }

  /** The models in force, loaded, by name. */
  async inForce(folder: string): Promise<LocalModel[]> {
    const models: LocalModel[] = [];
    for (const name of await namesIn(folder)) {
      for (const version of await versionFolders(join(folder, name))) {
        const { model } = await this.#load(join(folder, name, version), name);
        if (model !== undefined) {
          models.push(model);
          break;
        }
      }
    }
    return models;
  }

  async #load(folder: string, name: string): Promise<Read> {
    const stamp = await stampOf(folder);
    const former = this.#read.get(folder);
    if (former?.stamp === stamp) {
      return former;
    }
    const read = await load(folder, name, stamp);
    this.#read.set(folder, read);
    return read;
  }
}

async function namesIn(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => []);
  return entries
    .filter((entry) => entry.isDirectory() && !entry.name.startsWith('.'))
    .map(({ name }) => name)
    .sort();
}

async function load(folder: string, name: string, stamp: string): Promise<Read> {
  try {
    const artefact = await readArtefact(folder);
    const { manifest } = artefact;
    if (manifest.name !== name) {
      const reason = `its manifest names it ${manifest.name}, its folder ${name}`;
      return { stamp, manifest, model: undefined, reason };
    }
    return { stamp, manifest, model: neuralModel(artefact), reason: null };
  } catch (error) {
    return { stamp, manifest: null, model: undefined, reason: (error as Error).message };
  }
}

type Manifested = Pick<Read, 'manifest' | 'reason'>;

async function readManifest(folder: string): Promise<Manifested> {
  try {
    const json: unknown = JSON.parse(await readFile(join(folder, 'manifest.json'), 'utf8'));
    return { manifest: manifestSchema.parse(json), reason: null };
  } catch {
    return { manifest: null, reason: 'manifest.json cannot be read' };
  }
}

async function stampOf(folder: string): Promise<string> {
  const files = ['manifest.json', 'model.onnx'].map((file) => join(folder, file));
  const stats = await Promise.all(files.map((file) => stat(file).catch(() => undefined)));
  return stats.map((each) => `${String(each?.mtimeMs)} ${String(each?.size)}`).join(' ');
}
