import { learntServiceFileSchema } from '../../../contract/index.ts';
import { understandService, type UnderstoodService } from '../../control/index.ts';
import { HeadroomError } from '../../errors/index.ts';
import { fitWords, type FittedService } from '../../simulation/index.ts';
import type { CsvTable } from '../../sources/index.ts';
import type { Series } from '../../timeseries/index.ts';
import { learnCapacity } from './learnCapacity.ts';
import { readYaml } from './readYaml.ts';

/** A service file, understood, with what was learnt for `perReplica: auto`. */
export type ReadService = UnderstoodService & { readonly learnt?: FittedService };

/**
 * Reads a service file (interfaces 1.5); `resources` are those simulated.
 *
 * Throws SERVICE_INVALID with the field, and CAPACITY_NOT_LEARNT where `perReplica` is auto and the past says too little.
 */
export async function readService(
  file: string,
  resources: readonly string[],
  table: CsvTable,
  demand: Series
): Promise<ReadService> {
  const documents = await readYaml(file, learntServiceFileSchema, 'SERVICE_INVALID');
  const read = documents[0]!;
  const fail = (field: string, problem: string): never => {
    throw new HeadroomError('SERVICE_INVALID', { where: read.locate(field), field, problem });
  };
  if (documents.length > 1) {
    fail('file', 'holds more than one document');
  }
  const { perReplica, history, ...rest } = read.value;
  if (perReplica !== 'auto') {
    return history === undefined
      ? understandService({ ...rest, perReplica }, resources, fail)
      : fail('history', 'is only read where perReplica is auto');
  }
  const where = read.locate('perReplica');
  const { value, fit, workersPerReplica } = learnCapacity(read.value, table, demand, where, fail);
  const understood = understandService(value, resources, fail, workersPerReplica);
  return { ...understood, learnt: fit, warnings: [fitWords(fit), ...understood.warnings] };
}
