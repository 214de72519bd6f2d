import type { RequestsEntry } from '../../contract/index.ts';
import { parseDurationSeconds, parseQuantity } from '../timeseries/index.ts';
import { DEFAULTS } from './defaults.ts';
import type { FaultPath } from './fault.ts';

type Amounts = Readonly<Partial<Record<'cpu' | 'memory', number>>>;

/** Whose requests are set, how far and by which way. */
export interface RequestsConfig {
  readonly target: RequestsEntry['target'];
  readonly apply: 'recommend' | 'resize' | 'rollout';
  /** Cores and bytes. */
  readonly min: Amounts;
  readonly max: Amounts;
  readonly worth: number;
  readonly cooldownSeconds: number;
}

export function compileRequests(
  { target, apply, min, max, worth, cooldown }: RequestsEntry,
  fault: (path: FaultPath, problem: string) => unknown
): RequestsConfig {
  const [least, most] = [amounts(min, 'min', fault), amounts(max, 'max', fault)];
  for (const kind of ['cpu', 'memory'] as const) {
    if ((least[kind] ?? 0) > (most[kind] ?? Number.POSITIVE_INFINITY)) {
      fault(['scaling', 'requests', 'max', kind], 'must be at least min');
    }
  }
  const { requests } = DEFAULTS;
  return {
    target,
    apply: apply ?? requests.apply,
    min: least,
    max: most,
    worth: worth ?? requests.worth,
    cooldownSeconds: (cooldown === undefined ? undefined : parseDurationSeconds(cooldown)) ?? requests.cooldownSeconds,
  };
}

function amounts(
  given: RequestsEntry['min'],
  field: 'min' | 'max',
  fault: (path: FaultPath, problem: string) => unknown
): Amounts {
  return Object.fromEntries(
    Object.entries(given ?? {}).flatMap(([kind, text]) => {
      const amount = typeof text === 'string' ? parseQuantity(text) : text;
      if (amount === undefined || !(amount > 0)) {
        fault(['scaling', 'requests', field, kind], 'must be above 0');
        return [];
      }
      return [[kind, amount] as const];
    })
  );
}
