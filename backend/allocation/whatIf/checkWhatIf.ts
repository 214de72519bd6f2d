import type { PlanFile, Scenario } from '../../../contract/index.ts';
import { HeadroomError } from '../../errors/index.ts';
import { compileScenario, type CompiledScenario } from '../../simulation/index.ts';
import type { TimeGrid } from '../../timeseries/index.ts';
import { planCounts, type CountedPlan } from './planCounts.ts';
import type { WhatIfService } from './whatIfTypes.ts';

const BASELINE: CompiledScenario = { name: 'baseline', interventions: [] };
const RECOMMENDED = 'recommended';

export interface WhatIfToCheck {
  /** Demand first, then the resources. */
  readonly names: readonly string[];
  /** The steps of the horizon. */
  readonly grid: TimeGrid;
  readonly scenarios: readonly Scenario[];
  readonly plans: readonly PlanFile[];
  readonly service?: WhatIfService;
}

/** Scenarios, the baseline first, and plans, ready to run. */
export interface CheckedWhatIf {
  readonly scenarios: readonly CompiledScenario[];
  readonly plans: readonly CountedPlan[];
}

/**
 * Checks scenarios and plans against what they are to act on, before anything is forecast or simulated.
 *
 * Throws SCENARIO_INVALID, SCENARIO_UNSUPPORTED or PLAN_INVALID with the field. Plans need a service.
 */
export function checkWhatIf({ names, grid, scenarios, plans, service }: WhatIfToCheck): CheckedWhatIf {
  const [demand = 'demand', ...resources] = names;
  const context = { demand, resources, stepSeconds: grid.stepSeconds, stepCount: grid.length };
  requireNewNames('SCENARIO_INVALID', [BASELINE.name], scenarios);
  requireNewNames('PLAN_INVALID', [RECOMMENDED], plans);
  const compiled = [BASELINE, ...scenarios.map((scenario) => compileScenario(scenario, context))];
  const counted = service === undefined ? [] : plans.map((plan) => planCounts(plan, grid, service));
  for (const scenario of compiled) {
    checkCapacityTaken(scenario, counted);
    checkCapacityLeft(scenario, service);
  }
  return { scenarios: compiled, plans: counted };
}

function requireNewNames(
  code: 'SCENARIO_INVALID' | 'PLAN_INVALID',
  taken: readonly string[],
  named: ReadonlyArray<{ readonly name: string }>
): void {
  const seen = new Set(taken);
  for (const { name } of named) {
    if (seen.has(name)) {
      throw new HeadroomError(code, { where: name, field: 'name', problem: `is taken: ${[...seen].join(', ')}` });
    }
    seen.add(name);
  }
}

function checkCapacityTaken({ name, interventions }: CompiledScenario, plans: readonly CountedPlan[]): void {
  interventions.forEach(({ target, add }, index) => {
    for (const { name: plan, counts } of plans) {
      const least = Math.min(...counts);
      if (target === 'replicas' && least + add < 0) {
        throw new HeadroomError('SCENARIO_INVALID', {
          where: name,
          field: `interventions[${String(index)}].add`,
          problem: `takes ${String(-add)} replicas where plan ${plan} has ${String(least)}: capacity would be negative`,
        });
      }
    }
  });
}

function checkCapacityLeft({ name, interventions }: CompiledScenario, service: WhatIfService | undefined): void {
  interventions.forEach(({ target, add }, index) => {
    if (target === 'replicas' && service !== undefined && service.max + add < 0) {
      throw new HeadroomError('SCENARIO_INVALID', {
        where: name,
        field: `interventions[${String(index)}].add`,
        problem: `takes ${String(-add)} replicas where max is ${String(service.max)}: capacity would be negative`,
      });
    }
  });
}
