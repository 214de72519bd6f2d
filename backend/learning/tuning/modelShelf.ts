import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { LocalModel } from '../../forecasting/index.ts';
import { manifestSchema, type Manifest } from '../../neural/index.ts';
import { artefactProblem } from './artefactProblem.ts';
import { LoadedNetworks } from './loadedNetworks.ts';
import { versionFolders } from './versionFolders.ts';

/**
 * An artefact on the shelf: in force, on trial beside the one in force, benched, refused with the reason, or none of
 * these.
 */
export interface ShelvedModel {
  readonly folder: string;
  readonly name: string;
  readonly version: string;
  readonly state: 'inForce' | 'challenger' | 'benched' | 'superseded' | 'refused';
  readonly reason: string | null;
  readonly manifest: Manifest | null;
  readonly card: string | null;
}

/** Which versions of a name may be in force, the first choice first, and what else is to be told of some. */
export interface Roster {
  readonly order: readonly string[];
  readonly states: ReadonlyMap<string, 'challenger' | 'benched'>;
}

type Manifested = Pick<ShelvedModel, 'manifest' | 'reason'>;
type Stamped<T> = T & { readonly stamp: string };

/**
 * Reads artefacts laid out as `<name>/<version>/`. Of each name the first of its roster that is whole is in force, so one
 * that is damaged leaves the last good one in force. What was read is read again only where its files have changed.
 */
export class ModelShelf {
  readonly #checked = new Map<string, Stamped<Manifested>>();
  readonly #loaded: LoadedNetworks;

  /** Networks that weigh more together are not held at a time; absent, as many as a worker may hold. */
  constructor(mostBytes?: number) {
    this.#loaded = new LoadedNetworks(mostBytes);
  }

  /** Every artefact of a folder, by name, the newest first; none where the folder is not there. */
  async models(
    folder: string,
    rosterOf: (name: string, versions: readonly string[]) => Roster = newest
  ): Promise<ShelvedModel[]> {
    const shelved: ShelvedModel[] = [];
    for (const name of await namesIn(folder)) {
      const versions = await versionFolders(join(folder, name));
      const { order, states } = rosterOf(name, versions);
      const reads = new Map<string, Manifested>();
      let inForce: string | undefined;
      for (const version of order) {
        const read = await this.#check(join(folder, name, version), name);
        reads.set(version, read);
        if (read.reason === null) {
          inForce = version;
          break;
        }
      }
      for (const version of versions) {
        const own = join(folder, name, version);
        const { manifest, reason } = reads.get(version) ?? (await readManifest(own));
        const state =
          reason !== null ? 'refused' : version === inForce ? 'inForce' : (states.get(version) ?? 'superseded');
        const card = await readFile(join(own, 'CARD.md'), 'utf8').catch(() => null);
        shelved.push({ folder: own, name, version, state, reason, manifest, card });
      }
    }
    return shelved;
  }

  /** The model in an artefact's folder; `undefined` where it is not whole. */
  async model(folder: string, name: string): Promise<LocalModel | undefined> {
    return this.#loaded.model(folder, name, await stampOf(folder));
  }

  /** Lets go of what was read of folders that are not there any more. */
  async tidy(): Promise<void> {
    for (const folder of new Set([...this.#checked.keys(), ...this.#loaded.folders()])) {
      if ((await stat(folder).catch(() => undefined)) === undefined) {
        this.#checked.delete(folder);
        this.#loaded.forget(folder);
      }
    }
  }

  async #check(folder: string, name: string): Promise<Manifested> {
    const stamp = await stampOf(folder);
    let found = this.#checked.get(folder);
    if (found?.stamp !== stamp) {
      found = { stamp, ...(await check(folder, name)) };
      this.#checked.set(folder, found);
    }
    return found;
  }
}

function newest(_name: string, versions: readonly string[]): Roster {
  return { order: versions, states: new Map() };
}

/** The names of which a folder has versions. */
export async function namesIn(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => []);
  return entries
    .filter((entry) => entry.isDirectory() && !entry.name.startsWith('.'))
    .map(({ name }) => name)
    .sort();
}

/** Whether it is whole, by its hash: told of many, and few of them are ever loaded. */
async function check(folder: string, name: string): Promise<Manifested> {
  const { manifest, reason } = await readManifest(folder);
  if (manifest === null || manifest.name !== name) {
    return { manifest, reason: reason ?? `its manifest names it ${manifest?.name ?? ''}, its folder ${name}` };
  }
  const problem = await artefactProblem(folder, manifest);
  return { manifest, reason: problem ?? null };
}

async function readManifest(folder: string): Promise<Manifested> {
  let text: string;
  try {
    text = await readFile(join(folder, 'manifest.json'), 'utf8');
  } catch {
    return { manifest: null, reason: 'manifest.json cannot be read' };
  }
  try {
    return { manifest: manifestSchema.parse(JSON.parse(text)), reason: null };
  } catch {
    return { manifest: null, reason: 'manifest.json is not JSON, or not a manifest' };
  }
}

async function stampOf(folder: string): Promise<string> {
  const files = ['manifest.json', 'model.onnx'].map((file) => join(folder, file));
  const stats = await Promise.all(files.map((file) => stat(file).catch(() => undefined)));
  return stats.map((each) => `${String(each?.mtimeMs)} ${String(each?.size)}`).join(' ');
}
