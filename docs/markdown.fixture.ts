import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const ROOT = fileURLToPath(new URL('..', import.meta.url));

export interface Document {
  /** From the root of the project. */
  readonly name: string;
  readonly text: string;
}

/** Every document that people read. */
export const DOCUMENTS: readonly Document[] = [
  'README.md',
  'CONTRIBUTING.md',
  'SECURITY.md',
  ...readdirSync(join(ROOT, 'docs'), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.md'))
    .map((file) => join('docs', file))
    .sort(),
].map((name) => ({ name, text: readFileSync(join(ROOT, name), 'utf8') }));

/** The bodies of the fenced blocks in a language, indented ones (in lists) without their indent. */
export function fenced(text: string, language: string): string[] {
  const blocks = text.matchAll(new RegExp(`^([ \\t]*)\`\`\`${language}\\n([\\s\\S]*?)^[ \\t]*\`\`\``, 'gm'));
  return Array.from(blocks, ([, indent = '', body = '']) =>
    body
      .split('\n')
      .map((line) => (line.startsWith(indent) ? line.slice(indent.length) : line))
      .join('\n')
  );
}

/** A document without its fenced blocks. */
export function prose(text: string): string {
  return text.replace(/^([ \t]*)```[\s\S]*?^[ \t]*```/gm, '');
}
