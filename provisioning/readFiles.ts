import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parse } from 'yaml';

/** The checkout. */
export const ROOT = fileURLToPath(new URL('..', import.meta.url)).replace(/\/$/, '');

/** A file of the checkout as text. */
export function readText(path: string): string {
  return readFileSync(join(ROOT, path), 'utf8');
}

/** A YAML file of the checkout; a key that stands twice is an error. */
export function readYaml(path: string): unknown {
  return parse(readText(path), { uniqueKeys: true });
}

/** The paths of a folder's files with an extension, sorted. */
export function filesIn(folder: string, extension: string): string[] {
  return readdirSync(join(ROOT, folder))
    .filter((name) => name.endsWith(extension))
    .sort()
    .map((name) => `${folder}/${name}`);
}
