import { randomUUID } from 'node:crypto';
import { readFile, rename, rm, writeFile } from 'node:fs/promises';
import { HeadroomError } from '../../errors/index.ts';
import type { TrainingState } from '../graph/index.ts';

/** Where a training stands, between two steps. */
export interface Checkpoint {
  /** What the training was started with; it only goes on with the same. */
  readonly key: string;
  readonly stage: number;
  /** Steps of the stages before it. */
  readonly formerSteps: number;
  /** Steps of this stage that are done. */
  readonly stageSteps: number;
  readonly stageSeconds: number;
  readonly seconds: number;
  readonly losses: ReadonlyArray<readonly [step: number, loss: number, validation: number | null]>;
  readonly bestLoss: number | null;
  /** The loss of the validation before the first step, where it started from an artefact. */
  readonly startLoss: number | null;
  readonly best: Float32Array | undefined;
  readonly state: TrainingState;
}

const MAGIC = 'headroom checkpoint 1\n';

/** Writes a checkpoint, whole or not at all. */
export async function writeCheckpoint(file: string, checkpoint: Checkpoint): Promise<void> {
  const { state, best, ...rest } = checkpoint;
  const vectors = [state.values, state.moments, state.squares, state.average, ...(best === undefined ? [] : [best])];
  const header = JSON.stringify({ ...rest, step: state.step, size: state.values.length, vectors: vectors.length });
  const sibling = `${file}.${randomUUID()}.tmp`;
  try {
    const parts = vectors.map((each) => new Uint8Array(each.buffer, each.byteOffset, each.byteLength));
    await writeFile(sibling, Buffer.concat([Buffer.from(`${MAGIC}${header}\n`), ...parts]), { flush: true });
    await rename(sibling, file);
  } catch (cause) {
    await rm(sibling, { force: true });
    throw new HeadroomError('FILE_UNWRITABLE', { file, reason: (cause as Error).message }, { cause });
  }
}

/** Reads a checkpoint; undefined where there is none, MODEL_CHECKPOINT_INVALID where it is damaged. */
export async function readCheckpoint(file: string): Promise<Checkpoint | undefined> {
  let bytes: Buffer;
  try {
    bytes = await readFile(file);
  } catch {
    return undefined;
  }
  try {
    const start = bytes.indexOf('\n', MAGIC.length);
    if (bytes.subarray(0, MAGIC.length).toString() !== MAGIC || start < 0) {
      throw new Error('it is no checkpoint');
    }
    const header = JSON.parse(bytes.subarray(MAGIC.length, start).toString()) as Omit<Checkpoint, 'state' | 'best'> & {
      readonly step: number;
      readonly size: number;
      readonly vectors: number;
    };
    const { step, size, vectors, ...rest } = header;
    if (bytes.length !== start + 1 + 4 * size * vectors) {
      throw new Error('it is cut off');
    }
    const vector = (index: number): Float32Array => {
      const from = start + 1 + 4 * size * index;
      return new Float32Array(Uint8Array.from(bytes.subarray(from, from + 4 * size)).buffer);
    };
    const state = { step, values: vector(0), moments: vector(1), squares: vector(2), average: vector(3) };
    return { ...rest, state, best: vectors > 4 ? vector(4) : undefined };
  } catch (cause) {
    throw new HeadroomError('MODEL_CHECKPOINT_INVALID', { file, reason: (cause as Error).message }, { cause });
  }
}
