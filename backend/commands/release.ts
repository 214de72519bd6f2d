import { randomUUID } from 'node:crypto';
import { dirname, resolve } from 'node:path';
import type { Command } from 'commander';
import type { RequestsConfig } from '../config/index.ts';
import { loadWorkloadsFile } from '../control/index.ts';
import { HeadroomError } from '../errors/index.ts';
import { REQUEST_KINDS, type RequestSetting } from '../scaling/index.ts';
import { createRequestTarget, createTarget, targetPlace, type TargetPlace } from '../targets/index.ts';
import type { CommandIo } from './commandIo.ts';
import { parseTarget } from './release/parseTarget.ts';
import { releaseRequests } from './release/releaseRequests.ts';
import { releaseTarget, type Release, type ReleaseOptions } from './release/releaseTarget.ts';

interface ReleaseFlags {
  readonly config?: string;
  readonly target?: readonly string[];
  readonly expired?: boolean;
  readonly json?: boolean;
}

/** `headroom release`: gives targets back as their owners set them; with `--expired`, the watchdog of a sidecar that is gone. */
export function addReleaseCommand(program: Command, io: CommandIo): void {
  program
    .command('release')
    .description('gives targets back as their owners set them')
    .option('--config <file>', 'every target of this workloads file, and the requests that it sets')
    .option('--target <target...>', 'these targets of Kubernetes, as KIND:NAMESPACE/NAME')
    .option('--expired', 'only what nobody renewed in time, as a watchdog does')
    .option('--json', 'one JSON document on standard output')
    .action(async ({ config, target = [], expired = false, json = false }: ReleaseFlags) => {
      if (config === undefined && target.length === 0) {
        throw new HeadroomError('USAGE', {
          problem: 'name what to release, by --config or --target',
          command: 'release',
        });
      }
      const { workloads } = config === undefined ? { workloads: [] } : await loadWorkloadsFile(config);
      const places = [...workloads.flatMap((each) => targetPlace(each) ?? []), ...target.map(parseTarget)];
      const directory = config === undefined ? undefined : dirname(resolve(config));
      const tasks = [
        ...places.map((place) => () => releaseFloor(place, io, expired, directory)),
        ...workloads.flatMap(({ scaling: { requests } }) =>
          requests === undefined || expired ? [] : [() => releaseHeldRequests(requests, io)]
        ),
      ];
      const releases: Release[] = [];
      const failures: HeadroomError[] = [];
      for (const task of tasks) {
        const outcome = await task().catch(coded);
        if (outcome instanceof HeadroomError) {
          failures.push(outcome);
        } else {
          releases.push(outcome);
        }
      }
      if (json) {
        const errors = failures.map(({ code, message }) => ({ code, message }));
        io.stdout.write(`${JSON.stringify({ releases, errors }, null, 2)}\n`);
      } else {
        releases.forEach((each) => io.stdout.write(`${line(each)}\n`));
      }
      // One that fails keeps no other from being given back.
      failures.slice(0, -1).forEach(({ message }) => io.stderr.write(`${message}\n`));
      if (failures.length > 0) {
        throw failures.at(-1)!;
      }
    });
}

async function releaseFloor(
  place: TargetPlace,
  io: CommandIo,
  isExpiredOnly: boolean,
  directory: string | undefined
): Promise<Release> {
  const target = createTarget(place, {
    env: io.env,
    nowSeconds,
    random: Math.random,
    ...(directory === undefined ? {} : { directory }),
  });
  try {
    return await releaseTarget(target, optionsOf(io, isExpiredOnly));
  } finally {
    await target.close();
  }
}

/** A watchdog leaves them: what was right for replicas is so without Headroom too. */
async function releaseHeldRequests(requests: RequestsConfig, io: CommandIo): Promise<Release> {
  const target = createRequestTarget(requests, { env: io.env });
  try {
    return await releaseRequests(target, optionsOf(io, false));
  } finally {
    await target.close();
  }
}

function optionsOf({ signal }: CommandIo, isExpiredOnly: boolean): ReleaseOptions {
  return { isExpiredOnly, nowSeconds: nowSeconds(), action: `release-${randomUUID()}`, signal };
}

function coded(error: unknown): HeadroomError {
  if (error instanceof HeadroomError) {
    return error;
  }
  throw error;
}

function nowSeconds(): number {
  return Date.now() / 1000;
}

function line(release: Release): string {
  return release.outcome === 'released'
    ? `${release.target}: given back, ${changeOf(release.from, release.to)}`
    : `${release.target}: left alone, ${release.reason}`;
}

function changeOf(from: number | RequestSetting, to: number | RequestSetting): string {
  if (typeof from === 'number' && typeof to === 'number') {
    return `floor ${String(from)} -> ${String(to)}`;
  }
  const [was, is] = [from, to].map((each) => (typeof each === 'number' ? {} : each));
  return REQUEST_KINDS.filter((kind) => was![kind] !== is![kind])
    .map((kind) => `${kind} ${String(was![kind] ?? 'none')} -> ${String(is![kind] ?? 'none')}`)
    .join(', ');
}
