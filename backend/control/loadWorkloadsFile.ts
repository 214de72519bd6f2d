import { readFile } from 'node:fs/promises';
import { parseWorkloadsFile, type Config, type Fault, type WorkloadConfig } from '../config/index.ts';
import { HeadroomError } from '../errors/index.ts';
import { FORECASTER_NAMES, LEARNT_NAMES } from '../forecasting/index.ts';

/** Reads a workloads file; throws FILE_NOT_FOUND, CONFIG_FILE_UNREADABLE, or CONFIG_INVALID for its first fault. */
export async function loadWorkloadsFile(file: string): Promise<Config> {
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch (cause) {
    const { code, message } = cause as NodeJS.ErrnoException;
    throw code === 'ENOENT'
      ? new HeadroomError('FILE_NOT_FOUND', { file }, { cause })
      : new HeadroomError('CONFIG_FILE_UNREADABLE', { file, reason: message }, { cause });
  }
  const parsed = parseWorkloadsFile(text);
  const faults = parsed.isValid ? modelFaults(parsed.config) : parsed.faults;
  const [first] = faults;
  if (!parsed.isValid || first !== undefined) {
    throw invalid(file, faults);
  }
  return parsed.config;
}

function modelFaults(config: Config): Fault[] {
  return config.workloads.flatMap((workload) => {
    const problem = modelProblem(workload);
    return problem === undefined ? [] : [{ line: 1, column: 1, path: `${workload.name}.forecast.model`, problem }];
  });
}

/** Why a workload's model is none, in words; `undefined` where it is one. */
export function modelProblem(workload: WorkloadConfig): string | undefined {
  const known = [...FORECASTER_NAMES, ...LEARNT_NAMES];
  return known.includes(workload.forecast.model)
    ? undefined
    : `workload ${workload.name}: forecast.model must be one of ${known.join(', ')}, not ${workload.forecast.model}`;
}

function invalid(file: string, faults: readonly Fault[]): HeadroomError {
  const [first] = faults;
  const more = faults.length > 1 ? ` (and ${faults.length - 1} more)` : '';
  const path = first?.path ? `${first.path}: ` : '';
  return new HeadroomError('CONFIG_INVALID', {
    file,
    line: first?.line ?? 1,
    column: first?.column ?? 1,
    problem: `${path}${first?.problem ?? ''}${more}`,
  });
}
