import { z } from 'zod';
import { workloadSchema, type WorkloadEntry } from '../../contract/index.ts';
import type { Storage } from '../storage/index.ts';

const PREFIX = 'workload/';

/** `definition` is null once it was deleted: the count goes on, so that an old ETag never fits what came after. */
const recordSchema = z.object({ version: z.int().min(1), definition: workloadSchema.nullable() });

/** A workload that the API declared, with how often it was changed there. */
export interface DeclaredWorkload {
  readonly version: number;
  readonly definition: WorkloadEntry | null;
}

export type DeclaredStorage = Pick<Storage, 'setting' | 'setSetting' | 'settings' | 'deleteSetting'>;

/** What the API declared of one workload; `undefined` where it never did, or what is stored cannot be read. */
export async function readDeclared(storage: DeclaredStorage, name: string): Promise<DeclaredWorkload | undefined> {
  return parse(await storage.setting(`${PREFIX}${name}`));
}

/** Everything that the API declared, by name; `undefined` for what cannot be read. */
export async function allDeclared(storage: DeclaredStorage): Promise<Map<string, DeclaredWorkload | undefined>> {
  const stored = await storage.settings(PREFIX);
  return new Map([...stored].map(([key, value]) => [key.slice(PREFIX.length), parse(value)]));
}

/** Stores it, or with `undefined` takes the record away. */
export async function writeDeclared(
  storage: DeclaredStorage,
  name: string,
  declared: DeclaredWorkload | undefined
): Promise<void> {
  await (declared === undefined
    ? storage.deleteSetting(`${PREFIX}${name}`)
    : storage.setSetting(`${PREFIX}${name}`, declared));
}

/** Before there were versions, the definition itself was stored. */
function parse(value: unknown): DeclaredWorkload | undefined {
  const record = recordSchema.safeParse(value);
  if (record.success) {
    return record.data;
  }
  const bare = workloadSchema.safeParse(value);
  return bare.success ? { version: 1, definition: bare.data } : undefined;
}
