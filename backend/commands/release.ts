import { randomUUID } from 'node:crypto';
import { dirname, resolve } from 'node:path';
import type { Command } from 'commander';
import { loadWorkloadsFile } from '../control/index.ts';
import { HeadroomError } from '../errors/index.ts';
import { createTarget, targetPlace, type TargetPlace } from '../targets/index.ts';
import type { CommandIo } from './commandIo.ts';
import { parseTarget } from './release/parseTarget.ts';
import { releaseTarget, type Release } from './release/releaseTarget.ts';

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
    .option('--config <file>', 'every target of this workloads file')
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
      const places: readonly TargetPlace[] = [
        ...(config === undefined
          ? []
          : (await loadWorkloadsFile(config)).workloads.flatMap((each) => targetPlace(each) ?? [])),
        ...target.map(parseTarget),
      ];
      const releases: Release[] = [];
      const failures: HeadroomError[] = [];
      for (const place of places) {
        const outcome = await release(place, io, expired, config);
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

async function release(
  place: TargetPlace,
  io: CommandIo,
  isExpiredOnly: boolean,
  config: string | undefined
): Promise<Release | HeadroomError> {
  try {
    const target = createTarget(place, {
      env: io.env,
      nowSeconds,
      random: Math.random,
      ...(config === undefined ? {} : { directory: dirname(resolve(config)) }),
    });
    try {
      const action = `release-${randomUUID()}`;
      return await releaseTarget(target, { isExpiredOnly, nowSeconds: nowSeconds(), action, signal: io.signal });
    } finally {
      await target.close();
    }
  } catch (error) {
    if (error instanceof HeadroomError) {
      return error;
    }
    throw error;
  }
}

function nowSeconds(): number {
  return Date.now() / 1000;
}

function line(release: Release): string {
  return release.outcome === 'released'
    ? `${release.target}: given back, floor ${release.from} -> ${release.to}`
    : `${release.target}: left alone, ${release.reason}`;
}
