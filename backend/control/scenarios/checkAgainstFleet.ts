import type { Scenario } from '../../../contract/index.ts';
import type { WorkloadConfig } from '../../config/index.ts';
import { HeadroomError } from '../../errors/index.ts';
import { compileScenario } from '../../simulation/index.ts';

/**
 * Checks a scenario that is to be stored against all workloads together: their series, the longest of their horizons,
 * the most replicas that any may have. Throws SCENARIO_INVALID or SCENARIO_UNSUPPORTED with the field.
 *
 * Without workloads nothing can be said of targets and times but that they fit each other.
 */
export function checkAgainstFleet(scenario: Scenario, workloads: readonly WorkloadConfig[]): void {
  const named = scenario.interventions.map(({ target }) => target).filter((target) => target !== 'replicas');
  const horizonSeconds = Math.max(...workloads.map(({ forecast }) => forecast.horizonSeconds));
  const stepSeconds = Math.min(...workloads.map(({ forecast }) => forecast.stepSeconds));
  const isEmpty = workloads.length === 0;
  const known = isEmpty ? named : workloads.flatMap(({ series }) => series.map(({ name }) => name));
  compileScenario(scenario, {
    demand: 'demand',
    resources: [...new Set(known)].filter((name) => name !== 'demand' && name !== 'resources'),
    stepSeconds: isEmpty ? 60 : stepSeconds,
    stepCount: isEmpty ? Number.MAX_SAFE_INTEGER / 60 : Math.ceil(horizonSeconds / stepSeconds),
  });
  const most = Math.max(...workloads.map(({ scaling }) => scaling.max));
  scenario.interventions.forEach(({ kind, add }, index) => {
    if (kind === 'capacity' && add !== undefined && add < 0 && !isEmpty && -add > most) {
      throw new HeadroomError('SCENARIO_INVALID', {
        where: scenario.name,
        field: `interventions[${String(index)}].add`,
        problem: `takes ${String(-add)} replicas where no workload may have more than ${String(most)}: capacity would be negative`,
      });
    }
  });
}
