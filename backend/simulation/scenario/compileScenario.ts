import type { Intervention, Scenario } from '../../../contract/index.ts';
import { HeadroomError } from '../../errors/index.ts';
import { formatDuration, parseDurationSeconds } from '../../timeseries/index.ts';
import type { CompiledIntervention, CompiledScenario, ScenarioContext } from './compiledScenario.ts';
import type { Envelope, Shape } from './envelope.ts';

type Fail = (field: keyof Intervention, problem: string) => never;

const DEFAULT_SHAPE: Readonly<Record<Intervention['kind'], Shape>> = {
  scale: 'step',
  spike: 'plateau',
  ramp: 'ramp',
  step: 'step',
  attack: 'plateau',
  load: 'step',
  capacity: 'step',
  latency: 'step',
};
/** Ramps of a plateau that names none, as a share of its duration. */
const DEFAULT_RAMP_SHARE = 0.1;

/**
 * Checks a scenario against what it is to act on and turns it into numbers.
 *
 * Throws SCENARIO_INVALID, naming scenario and field, for what contradicts itself or would have no effect, and
 * SCENARIO_UNSUPPORTED for what cannot be simulated yet.
 */
export function compileScenario(scenario: Scenario, context: ScenarioContext): CompiledScenario {
  return {
    name: scenario.name,
    interventions: scenario.interventions.map((intervention, index) => {
      const path = (field: keyof Intervention) => `interventions[${String(index)}].${field}`;
      const fail: Fail = (field, problem) => {
        throw new HeadroomError('SCENARIO_INVALID', { where: scenario.name, field: path(field), problem });
      };
      if (intervention.kind === 'latency') {
        throw new HeadroomError('SCENARIO_UNSUPPORTED', { where: scenario.name, field: path('kind'), what: 'latency' });
      }
      return compileIntervention(intervention, context, fail);
    }),
  };
}

function compileIntervention(intervention: Intervention, context: ScenarioContext, fail: Fail): CompiledIntervention {
  const { kind, factor, add, probability } = intervention;
  const isFlood = kind === 'attack' || kind === 'load';
  if (factor === undefined && add === undefined) {
    fail('factor', 'is missing: give a factor, an add, or both');
  }
  if (kind === 'scale' && add !== undefined) {
    fail('add', 'has no place in a scale: use load to add');
  }
  if (isFlood && factor !== undefined && factor < 1) {
    fail('factor', `must be at least 1: ${kind} adds load, a factor of 3 adds twice the usual`);
  }
  if (isFlood && add !== undefined && add < 0) {
    fail('add', `must be 0 or more: ${kind} adds load`);
  }
  return {
    target: targetOf(intervention, context, fail),
    factor: isFlood ? 1 : (factor ?? 1),
    add: add ?? 0,
    flood: isFlood && factor !== undefined ? factor - 1 : 0,
    probability: probability ?? 1,
    startSeconds: startOf(intervention, context, fail),
    envelope: envelopeOf(intervention, context, fail),
  };
}

function targetOf(
  { kind, target }: Intervention,
  context: ScenarioContext,
  fail: Fail
): CompiledIntervention['target'] {
  const known = ['demand', context.demand, 'resources', ...context.resources];
  if (kind === 'capacity') {
    return target === 'replicas' ? 'replicas' : fail('target', `must be replicas for capacity, not ${target}`);
  }
  if (target === 'resources') {
    return context.resources.map((_, index) => index + 1);
  }
  const series = [context.demand, ...context.resources].indexOf(target);
  if (series >= 0) {
    return [series];
  }
  return target === 'demand'
    ? [0]
    : fail('target', `${target} is unknown: it is none of ${[...new Set(known)].join(', ')}`);
}

function startOf({ start = '0' }: Intervention, context: ScenarioContext, fail: Fail): readonly [number, number] {
  const horizonSeconds = context.stepCount * context.stepSeconds;
  const range = typeof start === 'string' ? [start, start] : start;
  const [earliest, latest] = range.map((text) => seconds(text, 'start', fail)) as [number, number];
  if (latest < earliest) {
    fail('start', `ends before it begins: ${range.join(' to ')}`);
  }
  if (latest > horizonSeconds || earliest >= horizonSeconds) {
    fail('start', `lies after the horizon of ${formatDuration(horizonSeconds)}: ${range[1]!}`);
  }
  return [earliest, latest];
}

function envelopeOf(intervention: Intervention, context: ScenarioContext, fail: Fail): Envelope {
  const { kind, rampUp, rampDown } = intervention;
  const shape = intervention.shape ?? DEFAULT_SHAPE[kind];
  if ((kind === 'ramp' || kind === 'step') && shape !== kind) {
    fail('shape', `contradicts the kind ${kind}: ${shape}`);
  }
  if (shape !== 'plateau') {
    for (const [field, value] of [
      ['rampUp', rampUp],
      ['rampDown', rampDown],
    ] as const) {
      if (value !== undefined) {
        fail(field, `belongs to the shape plateau, not to ${shape}`);
      }
    }
  }
  const durationSeconds = durationOf(intervention, shape, context, fail);
  const rampSeconds = (field: 'rampUp' | 'rampDown') => {
    const text = intervention[field];
    return text === undefined ? DEFAULT_RAMP_SHARE * durationSeconds : seconds(text, field, fail);
  };
  const [rampUpSeconds, rampDownSeconds] =
    shape === 'plateau' ? [rampSeconds('rampUp'), rampSeconds('rampDown')] : [0, 0];
  if (rampUpSeconds + rampDownSeconds > durationSeconds) {
    fail(rampUp === undefined ? 'rampDown' : 'rampUp', 'makes the ramps longer than the duration');
  }
  return { shape, durationSeconds, rampUpSeconds, rampDownSeconds, isLasting: kind === 'ramp' };
}

function durationOf(intervention: Intervention, shape: Shape, context: ScenarioContext, fail: Fail): number {
  if (intervention.duration !== undefined) {
    const duration = seconds(intervention.duration, 'duration', fail);
    return duration > 0 ? duration : fail('duration', 'must be more than 0');
  }
  if (shape === 'step') {
    return Number.POSITIVE_INFINITY;
  }
  if (shape === 'ramp') {
    return Math.max(
      context.stepSeconds,
      context.stepCount * context.stepSeconds - startOf(intervention, context, fail)[1]
    );
  }
  return fail('duration', `is missing: the shape ${shape} needs one`);
}

function seconds(text: string, field: keyof Intervention, fail: Fail): number {
  return parseDurationSeconds(text) ?? fail(field, `must be a duration such as 30m, not ${text}`);
}
