import { join } from 'node:path';
import { WorkloadModels } from '../../learning/index.ts';
import { halfHours } from '../../learning/tuning/tinyArtefact.fixture.ts';
import type { WorkloadView } from '../fleetView.ts';
import { Jobs } from '../jobs/jobs.ts';
import { isOver } from '../jobs/isOver.ts';
import { BY_HEADROOM, Champions } from './champions.ts';
import { tuneInThread } from './tuneInThread.ts';
import { Tuner } from './tuner.ts';

/**
 * A process that really trains, puts on trial, promotes and collects garbage, as the sidecar is put together, or goes on
 * with what one before it was at: `SHIPPED` is what ships, `FOLDER` holds tunes and work; with `enter` it ends once its tune is
 * on trial. It writes a letter for each thing it did.
 */
const [shipped, folder, until] = process.argv.slice(2) as [string, string, string | undefined];
const STEPS = 12;
const modelsFolder = join(folder, 'tuned');
const nowSeconds = () => Date.now() / 1000;
const models = new WorkloadModels({ shipped, tuned: modelsFolder });
const did = (letter: string): void => {
  process.stdout.write(letter);
};

const champions = new Champions({
  ...{ modelsFolder, nowSeconds, onEvent: () => undefined },
  models: () => models.inventory(),
  onChanged: () => Promise.resolve(),
  record: () => Promise.resolve(),
});
const jobs = new Jobs({ nowSeconds, createId: () => `job-${String(process.pid)}-${String(performance.now())}` });
const view = {
  config: {
    name: 'shop',
    account: { tier: 'gold', industry: 'retail', region: 'eu' },
    forecast: { stepSeconds: 1800, horizonSeconds: 43_200, seasonSeconds: 86_400 },
  },
  actual: new Map([['requests', halfHours(14 * 48).target]]),
} as unknown as WorkloadView;
const tuner = new Tuner({
  ...{ jobs, modelsFolder, nowSeconds, workFolder: join(folder, 'work') },
  workload: (name) => (name === 'shop' ? view : undefined),
  models: () => models.inventory(),
  createId: () => `tune-${String(process.pid)}-${String(Math.round(performance.now()))}`,
  tune: (data, signal, onProgress) =>
    tuneInThread(
      { ...data, checkpointSeconds: 0, task: { ...data.task, budget: { kind: 'steps', steps: STEPS } } },
      signal,
      (progress) => {
        did(data.isResumed ? 'r' : 's');
        onProgress(progress);
      }
    ),
  onBegin: (workload, name) => champions.settle(workload, name),
  onKept: async (workload, { name, version }) => {
    did('k');
    await champions.enter(workload, name, version!, 'better on the end');
    did('e');
    if (until === 'enter') {
      return;
    }
    await champions.promote(workload, name, { by: BY_HEADROOM, why: 'a test' });
    did('p');
    await champions.collect(workload);
    did('c');
  },
  onEvent: () => undefined,
});

const settled = async (): Promise<void> => {
  while (jobs.list().some((job) => !isOver(job))) {
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
};
await tuner.resume();
if (jobs.list().length === 0) {
  await tuner.start('lstm', 'shop');
}
await settled();
