import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { cyclePlan } from '../../forecasting/index.ts';
import { commonSeason, trainingMaterial, type TrainingMaterial } from '../../learning/index.ts';
import { extendedVocabulary, trainingSeries, type Manifest } from '../../neural/index.ts';
import { readCsvTable } from '../../sources/index.ts';
import { parseDurationSeconds } from '../../timeseries/index.ts';
import type { OptionValues } from '../forecasting/optionValues.ts';
import { tableHistories, type CovariateNames } from '../forecasting/tableHistories.ts';

export interface DataEntry {
  readonly file: string;
  readonly weight: number;
  readonly season?: string | undefined;
  readonly horizon?: number | undefined;
  readonly heldOut?: number | undefined;
}

/** A file as a training sees it. */
export interface TrainingData {
  readonly material: TrainingMaterial;
  /** What was known before, and what this file's metadata add. */
  readonly vocabulary: Manifest['vocabulary'];
}

const LONGEST_HORIZON = 900;
const HELD_OUT_SHARE = 0.15;

/** Reads one file; `horizon` is what it will be asked for where the entry does not say. */
export async function readTrainingData(
  entry: DataEntry,
  columns: readonly string[] | undefined,
  covariates: CovariateNames,
  horizon: number | undefined,
  known: Manifest['vocabulary'],
  values: OptionValues
): Promise<TrainingData> {
  const { file, weight } = entry;
  const sha256 = createHash('sha256')
    .update(await readFile(file).catch(() => ''))
    .digest('hex');
  const table = await readCsvTable(file);
  const histories = tableHistories(table, { ...(columns === undefined ? {} : { columns }), covariates }, values);
  const { grid } = table;
  const asked = entry.season === undefined ? undefined : parseDurationSeconds(entry.season);
  const found = asked === undefined ? commonSeason(histories) : Math.max(1, Math.round(asked / grid.stepSeconds));
  const { cycle } = cyclePlan(found, grid);
  const asksFor = entry.horizon ?? horizon;
  const longest = Math.max(12, asksFor ?? Math.min(LONGEST_HORIZON, Math.floor(grid.length / 6)));
  const heldOut = entry.heldOut ?? Math.max(longest, Math.round(HELD_OUT_SHARE * grid.length));
  if (heldOut + longest >= grid.length) {
    values.fail(`${file} has ${String(grid.length)} rows: too few to learn from and to hold out ${String(heldOut)}`);
  }
  const metadata = [...histories.values()].map((history) => history.metadata);
  const vocabulary = extendedVocabulary(known, metadata);
  const material = trainingMaterial({
    ...{ name: basename(file), sha256, histories, heldOut, weight, cycle },
    seasonSteps: found,
    horizon: longest,
    stepSeconds: grid.stepSeconds,
    series: trainingSeries(histories, longest, vocabulary),
  });
  return { material, vocabulary };
}
