import { workloadsFileSchema, type WorkloadsFile } from '../../contract/index.ts';
import { parseDurationSeconds } from '../timeseries/index.ts';
import { compileWorkload } from './compileWorkload.ts';
import type { Config } from './config.ts';
import type { PathFault } from './fault.ts';
import { DEFAULTS, LIMITS } from './defaults.ts';
import { schemaFaults } from './schemaFaults.ts';

export type Checked<T> =
  { readonly isValid: true; readonly value: T } | { readonly isValid: false; readonly faults: readonly PathFault[] };

/** From a parsed document, of which nothing is believed, to a complete and frozen Config, or all its faults. */
export function checkWorkloadsFile(document: unknown, declaredIn: 'file' | 'demo'): Checked<Config> {
  const parsed = workloadsFileSchema.safeParse(document);
  if (!parsed.success) {
    return { isValid: false, faults: schemaFaults(parsed.error) };
  }
  const file = parsed.data;
  const faults = [...duplicateFaults(file)];
  if (file.workloads.length > LIMITS.maxWorkloads) {
    faults.push({ path: ['workloads'], problem: `must be at most ${LIMITS.maxWorkloads} workloads` });
  }
  const sourceNames = file.sources.map((source) => source.name);
  const workloads = file.workloads.map((entry, index) => {
    const compiled = compileWorkload(entry, sourceNames, declaredIn);
    faults.push(...compiled.faults.map((fault) => ({ ...fault, path: ['workloads', index, ...fault.path] })));
    return compiled.workload;
  });
  const fleet = compileFleet(file.fleet);
  if (!(fleet.lowerSeconds > 0)) {
    faults.push({ path: ['fleet', 'lowerWithin'], problem: 'must be longer than nothing' });
  }
  return faults.length > 0
    ? { isValid: false, faults }
    : { isValid: true, value: deepFreeze({ sources: file.sources, workloads, fleet }) };
}

function compileFleet({ lowerShare, lowerWithin }: NonNullable<WorkloadsFile['fleet']> = {}): Config['fleet'] {
  return {
    lowerShare: lowerShare ?? DEFAULTS.fleet.lowerShare,
    lowerSeconds: lowerWithin === undefined ? DEFAULTS.fleet.lowerSeconds : (parseDurationSeconds(lowerWithin) ?? 0),
  };
}

function* duplicateFaults(file: WorkloadsFile): Iterable<PathFault> {
  for (const list of ['sources', 'workloads'] as const) {
    const seen = new Set<string>();
    for (const [index, { name }] of file[list].entries()) {
      if (seen.has(name)) {
        yield { path: [list, index, 'name'], problem: `is used twice: ${name}` };
      }
      seen.add(name);
    }
  }
}

function deepFreeze<T>(value: T): T {
  if (typeof value === 'object' && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value);
    Object.values(value).forEach(deepFreeze);
  }
  return value;
}
