import type { TriedSetting } from '../../../contract/index.ts';
import type { WorkloadConfig } from '../../config/index.ts';
import type { ModelVersion, NamedRoles } from '../../learning/index.ts';
import type { TargetState } from '../../scaling/index.ts';
import { takesPart } from '../tuning/takesPart.ts';
import type { ArmSetting, ModelArm } from './armSetting.ts';

export interface TestedArmsDeps {
  /** How a workload's target was read last. */
  readonly targetOf: (workload: string) => Pick<TargetState, 'isSoleOwner' | 'original'> | undefined;
  readonly rolesOf: (workload: string, name: string) => Promise<Pick<NamedRoles, 'champion' | 'challenger'>>;
  /** Whether a challenger's predictors are fitted, beside the champion's. */
  readonly isFitted: (workload: string, name: string, version: ModelVersion) => boolean;
}

export type TestedArms =
  | { readonly kind: 'arms'; readonly a: ArmSetting; readonly b: ArmSetting }
  | { readonly kind: 'obstacle'; readonly reason: string };

const obstacle = (reason: string): TestedArms => ({ kind: 'obstacle', reason });

/** What a test of `b` compares: `a` is what is in force without it; or why it cannot be tried. */
export async function testedArms(
  config: WorkloadConfig,
  { risk, policy, model }: TriedSetting,
  deps: TestedArmsDeps
): Promise<TestedArms> {
  if (risk !== undefined) {
    const declared = config.scaling.risk;
    return risk === declared
      ? obstacle('b is what is in force already')
      : { kind: 'arms', a: { risk: declared }, b: { risk } };
  }
  return model === undefined ? policyArms(config, policy!, deps) : modelArms(config, model, deps);
}

function policyArms(
  config: WorkloadConfig,
  policy: NonNullable<TriedSetting['policy']>,
  { targetOf }: TestedArmsDeps
): TestedArms {
  const target = targetOf(config.name);
  const declared = declaredPolicy(config);
  if (policy === declared) {
    return obstacle('b is what is in force already');
  }
  if (target === undefined) {
    return obstacle('its target was not read yet');
  }
  if (policy === 'hpa' && target.isSoleOwner) {
    return obstacle('nothing but Headroom scales its target, so there is no reactive autoscaler to leave it to');
  }
  return policy === 'headroom-floor-only' && target.original.utilization === undefined
    ? obstacle('its autoscaler has no utilisation target, so none is relaxed')
    : { kind: 'arms', a: { policy: declared }, b: { policy } };
}

function declaredPolicy({ scaling }: WorkloadConfig): 'headroom' | 'headroom-floor-only' {
  return scaling.relaxedUtilization === undefined ? 'headroom-floor-only' : 'headroom';
}

async function modelArms(config: WorkloadConfig, model: string, deps: TestedArmsDeps): Promise<TestedArms> {
  if (!takesPart(config, model)) {
    return obstacle(`${model} has no part in its forecasts: forecast.model is ${config.forecast.model}`);
  }
  if (config.forecast.near !== undefined) {
    return obstacle('forecast.nearStep lets the near range decide its floor, in which no learnt model has a part');
  }
  const { champion, challenger } = await deps.rolesOf(config.name, model);
  if (champion === null || challenger === null) {
    return obstacle(`${model} has no challenger to try: a tune that forecasts better becomes one`);
  }
  const b = armOf(model, challenger);
  return deps.isFitted(config.name, model, b)
    ? { kind: 'arms', a: armOf(model, champion), b }
    : obstacle(`the challenger ${b.version} of ${model} is not fitted yet beside the champion`);
}

function armOf(model: string, { origin, version }: ModelVersion): ModelArm {
  return { model, origin, version };
}

/** Why a test that runs compares no more what it was started for; undefined where it does. */
export async function whyArmsChanged(
  config: WorkloadConfig,
  { a, b }: { readonly a: ArmSetting; readonly b: ArmSetting },
  { rolesOf, targetOf }: TestedArmsDeps
): Promise<string | undefined> {
  if ('risk' in a) {
    return config.scaling.risk === a.risk ? undefined : 'The declared risk was changed, so a is not what it was.';
  }
  if ('policy' in a) {
    return declaredPolicy(config) !== a.policy
      ? 'scaling.tuneTarget was changed, so a is not what it was.'
      : 'policy' in b && b.policy === 'hpa' && targetOf(config.name)?.isSoleOwner === true
        ? 'Nothing but Headroom scales its target any more.'
        : undefined;
  }
  if (!takesPart(config, a.model) || config.forecast.near !== undefined) {
    return 'How it is forecast was changed: the model decides nothing any more.';
  }
  const roles = await rolesOf(config.name, a.model);
  const isStill = (arm: ArmSetting, role: ModelVersion | null): boolean =>
    'model' in arm && role !== null && arm.origin === role.origin && arm.version === role.version;
  return isStill(a, roles.champion) && isStill(b, roles.challenger)
    ? undefined
    : `Another version of ${a.model} is champion or challenger by now.`;
}
