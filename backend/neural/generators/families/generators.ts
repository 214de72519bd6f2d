import { autoregressive } from './autoregressive.ts';
import { batchJobs } from './batchJobs.ts';
import { causalFleet } from './causalFleet.ts';
import { counts } from './counts.ts';
import { gaussianProcess } from './gaussianProcess.ts';
import { idle } from './idle.ts';
import { mixtures } from './mixtures.ts';
import { movingSum } from './movingSum.ts';
import { onOff } from './onOff.ts';
import { regimeSwitching } from './regimeSwitching.ts';
import { saturating } from './saturating.ts';
import { sawTooth } from './sawTooth.ts';
import { seasonalService } from './seasonalService.ts';
import { spikes } from './spikes.ts';
import { steps } from './steps.ts';
import type { Generator } from './syntheticSeries.ts';

/** The families of series made up for training, by name. */
export const GENERATORS: Readonly<Record<string, Generator>> = {
  gaussianProcess,
  regimeSwitching,
  seasonalService,
  spikes,
  steps,
  sawTooth,
  batchJobs,
  onOff,
  idle,
  counts,
  movingSum,
  saturating,
  causalFleet,
  autoregressive,
  mixtures,
};
