// Makes the bytes of each .wat that is named: `node backend/webassembly/assembleText.fixture.ts backend/simulation/kernel/kernel.wat`.
import { readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { basename } from 'node:path';

interface Assembler {
  parseWat(
    name: string,
    text: string,
    features: Readonly<Record<string, boolean>>
  ): { toBinary(options: object): { readonly buffer: Uint8Array }; destroy(): void };
}

const assembler = createRequire(import.meta.url)('wabt') as () => Promise<Assembler>;

/** The bytes of a module in WebAssembly's text form, in base 64. */
export async function assembleText(file: string): Promise<string> {
  const text = readFileSync(file, 'utf8');
  const features = { simd: true, bulk_memory: true, multi_value: true };
  const parsed = (await assembler()).parseWat(basename(file), text, features);
  const { buffer } = parsed.toBinary({});
  parsed.destroy();
  return Buffer.from(buffer).toString('base64');
}

if (import.meta.main) {
  for (const file of process.argv.slice(2)) {
    const made = `// Made of ${basename(file)} by assembleText.fixture.ts: not to be edited.\nexport const KERNEL_BYTES =\n  '${await assembleText(file)}';\n`;
    writeFileSync(file.replace(/\.wat$/, 'Bytes.ts'), made);
  }
}
