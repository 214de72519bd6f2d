import { readFile } from 'node:fs/promises';
import type { z } from 'zod';
import { HeadroomError } from '../../errors/index.ts';
import { parseYaml, type YamlCode, type YamlValue } from './parseYaml.ts';

/** The documents of a YAML file, as parseYaml reads them; throws FILE_NOT_FOUND and FILE_UNREADABLE too. */
export async function readYaml<T>(file: string, schema: z.ZodType<T>, code: YamlCode): Promise<Array<YamlValue<T>>> {
  return parseYaml(await readText(file), file, schema, code);
}

async function readText(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (cause) {
    const { code, message } = cause as NodeJS.ErrnoException;
    if (code === 'ENOENT') {
      throw new HeadroomError('FILE_NOT_FOUND', { file }, { cause });
    }
    throw new HeadroomError('FILE_UNREADABLE', { file, reason: message }, { cause });
  }
}
