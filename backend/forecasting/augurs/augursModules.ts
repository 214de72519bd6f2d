import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import * as ets from '@bsull/augurs/ets';
import * as mstl from '@bsull/augurs/mstl';
import * as prophet from '@bsull/augurs/prophet';

const MODULES = { ets, mstl, prophet } as const;

/**
 * One of augurs' modules with its WebAssembly loaded from beside it, once a thread.
 *
 * Their own loader fetches by URL, which Node does not do for files; the synchronous one takes the bytes.
 */
export function augursModule<K extends keyof typeof MODULES>(name: K): (typeof MODULES)[K] {
  const script = fileURLToPath(import.meta.resolve(`@bsull/augurs/${name}`));
  const module = MODULES[name];
  if (!loaded.has(name)) {
    module.initSync({ module: readFileSync(script.replace(/\.js$/, '_bg.wasm')) });
    loaded.add(name);
  }
  return module;
}

const loaded = new Set<keyof typeof MODULES>();
