import type { SimulationReport } from '../../../../contract/simulation.ts';
import type { Simulated } from '../simulation/useSimulations';

export type SimulatedScenario = SimulationReport['scenarios'][number];
export type Outcome = SimulatedScenario['plans'][number];

/** A scenario and, on the same paths, the future without it. */
export interface Pair {
  readonly baseline: SimulatedScenario;
  readonly scenario: SimulatedScenario;
}

/** What a report of one scenario tells: the baseline stands first; null where the report has no such pair. */
export function pairOf(report: SimulationReport | null): Pair | null {
  const [baseline, scenario] = report?.scenarios ?? [];
  return baseline === undefined ? null : { baseline, scenario: scenario ?? baseline };
}

/** How a plan fares in it; null where it was not judged. */
export function outcomeOf(scenario: SimulatedScenario | undefined, plan: string): Outcome | null {
  return scenario?.plans.find((each) => each.plan === plan) ?? null;
}

/**
 * The report to draw: that of the slider, which says of fans what the full one says, so that nothing is drawn again when
 * that comes; the full one where it begins later.
 */
export function drawnReport({ full, slider }: Simulated): SimulationReport | null {
  return slider === null || (full !== null && full.cutoff > slider.cutoff) ? full : slider;
}

/** The report to export: the full one where it is of the present position, else that of the slider. */
export function exportedReport({ full, isFullCurrent, slider }: Simulated): SimulationReport | null {
  return isFullCurrent ? full : (slider ?? full);
}

/** When the steps of a report end, in epoch milliseconds. */
export function reportTimesMs({ cutoff, stepSeconds, steps }: SimulationReport): number[] {
  return Array.from({ length: steps }, (_, index) => (cutoff + (index + 1) * stepSeconds) * 1000);
}
