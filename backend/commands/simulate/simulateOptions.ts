import { HeadroomError } from '../../errors/index.ts';
import { MAX_HORIZON } from '../../forecasting/index.ts';

const MAX_PATHS = 1_000_000;

/** What commander hands over. */
export interface RawSimulateOptions {
  readonly input: string;
  readonly column?: string;
  readonly resources?: string;
  readonly horizon: string;
  readonly paths: string;
  readonly scenario?: readonly string[];
  readonly dataDir?: string;
  readonly service?: string;
  readonly plan?: readonly string[];
  readonly replicas?: string;
  readonly model: string;
  readonly seed: string;
  readonly json?: boolean;
  readonly quiet?: boolean;
}

export interface SimulateOptions {
  readonly input: string;
  readonly column?: string;
  readonly resources: readonly string[];
  readonly horizon: number;
  readonly paths: number;
  readonly scenarios: readonly string[];
  readonly dataFolder?: string;
  readonly service?: string;
  readonly plans: readonly string[];
  readonly replicas?: number;
  readonly model: string;
  readonly seed: number;
  readonly json: boolean;
  readonly quiet: boolean;
}

/** Checks the options of `headroom simulate`; throws USAGE with the one that is wrong. */
export function simulateOptions(raw: RawSimulateOptions): SimulateOptions {
  if (raw.plan !== undefined && raw.service === undefined) {
    fail('--plan needs --service FILE, which says what a replica serves');
  }
  if (raw.replicas !== undefined && raw.service === undefined) {
    fail('--replicas needs --service FILE, which says what a replica serves');
  }
  return {
    input: raw.input,
    ...(raw.column === undefined ? {} : { column: raw.column }),
    resources: (raw.resources ?? '').split(',').filter((name) => name !== ''),
    horizon: whole('--horizon', raw.horizon, 1, MAX_HORIZON),
    paths: whole('--paths', raw.paths, 1, MAX_PATHS),
    scenarios: raw.scenario ?? [],
    ...(raw.dataDir === undefined ? {} : { dataFolder: raw.dataDir }),
    ...(raw.service === undefined ? {} : { service: raw.service }),
    plans: raw.plan ?? [],
    ...(raw.replicas === undefined ? {} : { replicas: whole('--replicas', raw.replicas, 0, 1_000_000) }),
    model: raw.model,
    seed: whole('--seed', raw.seed, Number.MIN_SAFE_INTEGER, Number.MAX_SAFE_INTEGER),
    json: raw.json ?? false,
    quiet: raw.quiet ?? false,
  };
}

function whole(name: string, text: string, least: number, most: number): number {
  const value = Number(text);
  if (text.trim() === '' || !Number.isInteger(value) || value < least || value > most) {
    fail(`${name} must be a whole number from ${String(least)} to ${String(most)}, not ${text}`);
  }
  return value;
}

function fail(problem: string): never {
  throw new HeadroomError('USAGE', { problem, command: 'simulate' });
}
