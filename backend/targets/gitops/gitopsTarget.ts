import { createHash, randomUUID } from 'node:crypto';
import { mkdir, readFile, realpath, rename, rm, writeFile } from 'node:fs/promises';
import { join, resolve, sep } from 'node:path';
import type { TargetEntry } from '../../../contract/index.ts';
import { HeadroomError, type ErrorCode } from '../../errors/index.ts';
import type { ScaleTarget, TargetChange, TargetPreview, TargetState } from '../../scaling/index.ts';
import { admitChange } from '../held/admitChange.ts';
import { heldState } from '../held/heldState.ts';
import { settingDifferences } from '../held/settingDifferences.ts';
import type { TargetDeps } from '../targetDeps.ts';
import type { TargetPlace } from '../targetPlace.ts';
import { formatComponent, parseComponent } from './componentText.ts';
import { oneAtATime } from './oneAtATime.ts';
import { formatPatch, parsePatch } from './patchText.ts';

type GitopsEntry = Extract<TargetEntry, { kind: 'gitops' }>;

const PATHS = { floor: 'spec.minReplicas' };

interface Files {
  readonly folder: string;
  /** The patches that the component lists; `undefined` where there is no component. */
  readonly listed: readonly string[] | undefined;
  /** The text of this workload's patch, where there is one. */
  readonly patch: string | undefined;
}

/**
 * A patch of an HPA's floor in a kustomize component, for others to commit and roll out: Headroom writes files in its own
 * folder and nothing else.
 *
 * The patch counts once the component lists it, and no more once it does not, so that a process that dies in between
 * leaves a component that can be built.
 */
export class GitopsTarget implements ScaleTarget {
  readonly kind = 'gitops';
  readonly name: string;
  readonly ability = { reads: true, tunesUtilization: false, isExperimental: false };
  readonly #place: TargetPlace<GitopsEntry>;
  readonly #root: string;
  readonly #file: string;

  constructor(place: TargetPlace<GitopsEntry>, { directory }: Pick<TargetDeps, 'directory'>) {
    this.name = `gitops ${place.workload} in ${place.entry.path}`;
    this.#place = place;
    this.#root = resolve(directory ?? '.');
    this.#file = `${place.workload}.patch.yaml`;
  }

  async read(signal: AbortSignal): Promise<TargetState> {
    return this.#state(await this.#files(signal));
  }

  async preview(change: TargetChange, signal: AbortSignal): Promise<TargetPreview> {
    const state = await this.read(signal);
    const admitted = admitChange(this, state, change);
    return {
      differences: admitted.kind === 'done' ? [] : settingDifferences(PATHS, state.setting, admitted.setting),
      dryRun: { kind: 'unsupported', message: 'a file has no dry run; what checks the commit checks the patch' },
      warnings: ['it takes effect when somebody commits the file and rolls it out'],
    };
  }

  apply(change: TargetChange, signal: AbortSignal): Promise<void> {
    signal.throwIfAborted();
    return oneAtATime(resolve(this.#root, this.#place.entry.path), () => this.#write(change, signal));
  }

  close(): Promise<void> {
    return Promise.resolve();
  }

  async #write(change: TargetChange, signal: AbortSignal): Promise<void> {
    const files = await this.#files(signal);
    const admitted = admitChange(this, this.#state(files), change);
    if (admitted.kind === 'done') {
      return;
    }
    const others = (files.listed ?? []).filter((file) => file !== this.#file);
    if (admitted.kind === 'give back') {
      await this.#whole(files.folder, 'kustomization.yaml', formatComponent(others));
      await this.#reach('write', () => rm(join(files.folder, this.#file), { force: true }));
      return;
    }
    const { action, fence, holdUntilSeconds, reason } = change;
    const { setting, original } = admitted;
    const patch = formatPatch(this.#place.entry, { action, fence, setting, original, holdUntilSeconds }, reason);
    await this.#reach('write', () => mkdir(files.folder, { recursive: true }));
    await this.#whole(files.folder, this.#file, patch);
    await this.#whole(files.folder, 'kustomization.yaml', formatComponent([...others, this.#file]));
  }

  async #files(signal: AbortSignal): Promise<Files> {
    signal.throwIfAborted();
    const folder = await this.#folder();
    const component = await this.#text(join(folder, 'kustomization.yaml'), signal);
    const listed = component === undefined ? undefined : parseComponent(component);
    if (component !== undefined && listed === undefined) {
      throw this.#failed('kustomization.yaml in it holds more than Headroom writes; give Headroom a folder of its own');
    }
    return { folder, listed, patch: await this.#text(join(folder, this.#file), signal) };
  }

  #state({ listed, patch: text }: Files): TargetState {
    const isListed = listed?.includes(this.#file) === true;
    const patch = isListed && text !== undefined ? parsePatch(this.#place.entry, text) : undefined;
    if (typeof patch === 'string') {
      throw this.#failed(`${this.#file}: ${patch}; remove it, or correct it`);
    }
    return heldState(patch?.now ?? { floor: this.#place.min }, patch?.held, {
      ceiling: this.#place.max,
      isSoleOwner: false,
      version: createHash('sha256')
        .update(isListed ? (text ?? '') : '')
        .digest('hex')
        .slice(0, 16),
      conflicts: isListed && text === undefined ? [`kustomization.yaml lists ${this.#file}, which is not there`] : [],
    });
  }

  /** The folder, held to be below that of the workloads file, links followed. */
  async #folder(): Promise<string> {
    const root = await this.#reach('read', () => realpath(this.#root));
    const folder = resolve(root, this.#place.entry.path);
    const real = await realpath(folder).catch((error: unknown) => {
      if (isCode(error, 'ENOENT')) {
        return folder;
      }
      throw this.#coded('read', error);
    });
    if (!real.startsWith(root.endsWith(sep) ? root : root + sep)) {
      const problem = 'its path leads out of the folder of the workloads file';
      throw new HeadroomError('TARGET_SETTINGS_INVALID', { target: this.name, problem });
    }
    return real;
  }

  async #text(file: string, signal: AbortSignal): Promise<string | undefined> {
    try {
      return await readFile(file, { encoding: 'utf8', signal });
    } catch (error) {
      signal.throwIfAborted();
      if (isCode(error, 'ENOENT')) {
        return undefined;
      }
      throw this.#coded('read', error);
    }
  }

  /** A file appears whole or not at all: a sibling first, then a rename. */
  async #whole(folder: string, name: string, text: string): Promise<void> {
    const sibling = join(folder, `.${name}.${randomUUID()}.tmp`);
    await this.#reach('write', async () => {
      try {
        await writeFile(sibling, text, { flush: true });
        await rename(sibling, join(folder, name));
      } catch (error) {
        await rm(sibling, { force: true });
        throw error;
      }
    });
  }

  async #reach<T>(how: 'read' | 'write', work: () => Promise<T>): Promise<T> {
    try {
      return await work();
    } catch (error) {
      throw this.#coded(how, error);
    }
  }

  #coded(how: 'read' | 'write', error: unknown): HeadroomError {
    const reason = `its files cannot be ${how === 'read' ? 'read' : 'written'} (${codeOf(error)})`;
    const code: ErrorCode = isCode(error, 'EACCES', 'EPERM', 'EROFS') ? 'TARGET_FORBIDDEN' : 'TARGET_FAILED';
    return new HeadroomError(code, { target: this.name, reason });
  }

  #failed(reason: string): HeadroomError {
    return new HeadroomError('TARGET_FAILED', { target: this.name, reason });
  }
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : 'unknown reason';
}

function isCode(error: unknown, ...codes: readonly string[]): boolean {
  return codes.includes(codeOf(error));
}
