import type { TargetEntry } from '../../contract/index.ts';
import { parseDurationSeconds } from '../timeseries/index.ts';
import type { WorkloadConfig } from './config.ts';
import type { FaultPath, PathFault } from './fault.ts';
import { isMetadataAddress } from './isMetadataAddress.ts';

/** What of a target its schema cannot know to be wrong; paths begin at the target. */
export function targetFaults(target: TargetEntry, declaredIn: WorkloadConfig['declaredIn']): PathFault[] {
  const faults: PathFault[] = [];
  if (target.kind === 'webhook') {
    faults.push(...urlFaults(target.url, ['url']), ...urlFaults(target.read?.url, ['read', 'url']));
    if (target.timeout !== undefined && !isWithin(parseDurationSeconds(target.timeout), 0, 60)) {
      faults.push({ path: ['timeout'], problem: 'must be longer than nothing and at most 1m' });
    }
  }
  if (target.kind === 'nomad') {
    faults.push(...urlFaults(target.address, ['address']));
  }
  if (target.kind === 'gitops' && !isBelow(target.path)) {
    faults.push({ path: ['path'], problem: 'must be a folder below that of the workloads file: no .., not absolute' });
  }
  if (declaredIn === 'api') {
    faults.push(...secretFaults(target));
  }
  return faults;
}

function urlFaults(text: string | undefined, path: FaultPath): PathFault[] {
  if (text === undefined) {
    return [];
  }
  const url = new URL(text);
  return [
    ...(url.username === '' && url.password === ''
      ? []
      : [{ path, problem: 'must not hold credentials; name them by tokenEnv instead' }]),
    ...(isMetadataAddress(url.hostname)
      ? [{ path, problem: "must not be a link-local address or that of a cloud's metadata" }]
      : []),
  ];
}

/** A secret goes only where the file says: the API could name one and have it sent to whom it likes. */
function secretFaults(target: TargetEntry): PathFault[] {
  return (['secretEnv', 'tokenEnv'] as const)
    .filter((field) => field in target)
    .map((field) => ({ path: [field], problem: 'can be named in the workloads file only, not by the API' }));
}

function isBelow(path: string): boolean {
  const parts = path.split(/[/\\]/);
  return (
    !/^([/\\]|[A-Za-z]:)/.test(path) &&
    !path.includes('\0') &&
    !parts.includes('..') &&
    parts.some((part) => part !== '' && part !== '.')
  );
}

function isWithin(value: number | undefined, above: number, most: number): boolean {
  return value !== undefined && value > above && value <= most;
}
