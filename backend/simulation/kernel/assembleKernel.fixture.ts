/**
 * Assembles kernel.wat. Run as a program it writes kernelBytes.ts; a test holds the two equal.
 *
 * The bytes are kept beside their text so that starting needs no assembler.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';

interface Assembler {
  parseWat(
    name: string,
    text: string,
    features: Readonly<Record<string, boolean>>
  ): { toBinary(options: object): { readonly buffer: Uint8Array }; destroy(): void };
}

const assembler = createRequire(import.meta.url)('wabt') as () => Promise<Assembler>;

export async function assembleKernel(): Promise<string> {
  const text = readFileSync(join(import.meta.dirname, 'kernel.wat'), 'utf8');
  const parsed = (await assembler()).parseWat('kernel.wat', text, { simd: true, bulk_memory: true });
  const { buffer } = parsed.toBinary({});
  parsed.destroy();
  return Buffer.from(buffer).toString('base64');
}

if (import.meta.main) {
  writeFileSync(
    join(import.meta.dirname, 'kernelBytes.ts'),
    `// Made of kernel.wat by assembleKernel.fixture.ts: not to be edited.\nexport const KERNEL_BYTES =\n  '${await assembleKernel()}';\n`
  );
}
