import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { NO_ROLES, workloadRolesSchema, type WorkloadRoles } from './roles.ts';
import { writeWhole } from './writeWhole.ts';

const CURRENT = 'roles.json';
const PREVIOUS = 'roles.previous.json';

export interface ReadRoles {
  readonly roles: WorkloadRoles;
  /** Why it is not the newest that was written, in words; absent where it is. */
  readonly problem?: string;
}

type Found = { readonly kind: 'roles'; readonly roles: WorkloadRoles; readonly text: string } | { readonly kind: 'none' | 'damaged' };

/** Reads who has which role in a workload's folder; what is damaged gives way to what stood before it. */
export async function readRoles(folder: string): Promise<ReadRoles> {
  const current = await found(join(folder, CURRENT));
  if (current.kind === 'roles') {
    return { roles: current.roles };
  }
  const previous = await found(join(folder, PREVIOUS));
  if (previous.kind === 'roles') {
    return { roles: previous.roles, problem: `${CURRENT} is ${current.kind === 'none' ? 'missing' : 'damaged'}: the one before it is in force` };
  }
  return current.kind === 'none' && previous.kind === 'none'
    ? { roles: NO_ROLES }
    : { roles: NO_ROLES, problem: `${CURRENT} and the one before it are damaged: the newest whole models are in force` };
}

/** Writes who has which role; what stood before stays beside it. */
export async function writeRoles(folder: string, roles: WorkloadRoles): Promise<void> {
  const current = await found(join(folder, CURRENT));
  if (current.kind === 'roles') {
    await writeWhole(join(folder, PREVIOUS), current.text);
  }
  await writeWhole(join(folder, CURRENT), sealed(roles));
}

function sealed(roles: WorkloadRoles): string {
  const text = JSON.stringify(roles);
  return `${JSON.stringify({ sha256: hashOf(text), roles: text }, null, 1)}\n`;
}

async function found(file: string): Promise<Found> {
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch (error) {
    return { kind: (error as NodeJS.ErrnoException).code === 'ENOENT' ? 'none' : 'damaged' };
  }
  try {
    const { sha256, roles } = JSON.parse(text) as { sha256?: unknown; roles?: unknown };
    const isWhole = typeof roles === 'string' && sha256 === hashOf(roles);
    const parsed = isWhole ? workloadRolesSchema.safeParse(JSON.parse(roles)) : undefined;
    return parsed?.success === true ? { kind: 'roles', roles: parsed.data, text } : { kind: 'damaged' };
  } catch {
    return { kind: 'damaged' };
  }
}

function hashOf(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
