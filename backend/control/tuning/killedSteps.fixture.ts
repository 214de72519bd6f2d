import fs from 'node:fs/promises';
import { syncBuiltinESMExports } from 'node:module';
import { WorkloadModels } from '../../learning/index.ts';
import { BY_HEADROOM, Champions } from './champions.ts';

/**
 * A process that promotes what was trained, collects garbage, rolls back and collects again, and kills itself before its
 * `KILL_AT`th step that changes a file or a folder; before none where there are fewer. `SHIPPED` is what ships, `TUNED` where
 * tunes are kept. It writes each step as it begins.
 */
const [shipped, modelsFolder, killAt] = process.argv.slice(2) as [string, string, string];
const CHANGING = ['writeFile', 'rename', 'rm', 'mkdir', 'open'] as const;

let step = 0;
for (const name of CHANGING) {
  const original = fs[name] as (...args: unknown[]) => unknown;
  Object.assign(fs, {
    [name]: (...args: unknown[]) => {
      if (++step === Number(killAt)) {
        process.kill(process.pid, 'SIGKILL');
      }
      return original(...args);
    },
  });
}
syncBuiltinESMExports();

const models = new WorkloadModels({ shipped, tuned: modelsFolder });
const champions = new Champions({
  ...{ modelsFolder, nowSeconds: () => Date.now() / 1000, onEvent: () => undefined },
  models: () => models.inventory(),
  onChanged: () => Promise.resolve(),
  record: () => Promise.resolve(),
});
const by = { by: BY_HEADROOM, why: 'a test' };
await champions.promote('shop', 'lstm', by);
await champions.collect('shop');
await champions.rollBack('shop', 'lstm', by);
await champions.collect('shop');
process.stdout.write(String(step));
