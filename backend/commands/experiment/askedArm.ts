import type { OptionValues } from '../forecasting/optionValues.ts';

const POLICIES = ['headroom', 'headroom-floor-only', 'hpa', 'static', 'seasonal', 'crane', 'holt-winters'] as const;

/** An arm as it is written: `headroom:risk=0.05`, `headroom:model=cycles`, `hpa:target=0.5`. */
export interface AskedArm {
  readonly text: string;
  readonly policy: (typeof POLICIES)[number];
  readonly risk: number | undefined;
  readonly targetUtilization: number | undefined;
  /** A forecaster, or the folder of a learnt model. */
  readonly model: string | undefined;
}

/** Reads an arm; throws USAGE where it names no policy, or something that its policy does not have. */
export function askedArm(option: string, text: string, values: OptionValues): AskedArm {
  const [name, ...rest] = text.split(':');
  const policy = POLICIES.find((each) => each === name);
  if (policy === undefined) {
    return values.fail(`${option} knows ${POLICIES.join(', ')}, not ${String(name)}`);
  }
  const settings = new Map<string, string>();
  for (const pair of rest.length === 0 ? [] : rest.join(':').split(',')) {
    const [key = '', ...value] = pair.split('=');
    const known =
      policy === 'headroom'
        ? ['risk', 'model']
        : policy === 'headroom-floor-only'
          ? ['risk']
          : policy === 'hpa'
            ? ['target']
            : [];
    if (!known.includes(key) || value.join('=') === '' || settings.has(key)) {
      values.fail(
        known.length === 0
          ? `${option}: ${policy} has nothing to set, but ${pair} is given`
          : `${option}: ${policy} takes ${known.map((each) => `${each}=VALUE`).join(' and ')}, each once, not ${pair}`
      );
    }
    settings.set(key, value.join('='));
  }
  const share = (key: string, most: number): number | undefined => {
    const given = settings.get(key);
    const value = Number(given);
    return given === undefined || (given.trim() !== '' && value > 0 && value < most)
      ? given === undefined
        ? undefined
        : value
      : values.fail(`${option}: ${key} must be above 0 and below ${String(most)}, not ${given}`);
  };
  return { text, policy, risk: share('risk', 1), targetUtilization: share('target', 10), model: settings.get('model') };
}
