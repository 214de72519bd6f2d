import type { PlanFile } from '../../../../contract/plan.ts';
import type { Scenario } from '../../../../contract/scenario.ts';
import type { ServiceFile } from '../../../../contract/serviceFile.ts';
import type { SimulationRequest } from '../../../../contract/simulation.ts';
import type { Wanted } from './OneAtATime';

export const PATH_COUNT = 2000;

export interface SimulationsQuestion {
  readonly scenarios: readonly Scenario[];
  /** Which of them is looked at. */
  readonly active: number;
  /** Whether a person is moving something of the active one right now. */
  readonly isMoving: boolean;
  readonly plans: readonly PlanFile[];
  readonly service: ServiceFile | null;
}

/** One request, and which scenario of the page it is about. */
export interface PartQuestion {
  readonly index: number;
  readonly request: SimulationRequest;
}

/**
 * What is to be asked, most wanted first: while something moves, only its position; then the same in full, and what
 * is not known yet of the scenarios beside it. The full answer does not depend on the plans: it judges its own.
 */
export function wantedSimulations(question: SimulationsQuestion): Array<Wanted<PartQuestion>> {
  const { scenarios, active, isMoving } = question;
  const order = scenarios.map((_, index) => index).sort((a, b) => Number(b === active) - Number(a === active));
  const wanted = order.map((index) => wantedOf(question, index));
  const [first] = wanted;
  if (first === undefined) {
    return [];
  }
  return isMoving ? [first.slider] : wanted.flatMap(({ slider, full }) => [slider, full]);
}

/** Where the two answers to one of the scenarios are found. */
export function keysOf(
  question: SimulationsQuestion,
  index: number
): { readonly slider: string; readonly full: string } {
  const { slider, full } = wantedOf(question, index);
  return { slider: slider.key, full: full.key };
}

function wantedOf({ scenarios, plans, service }: SimulationsQuestion, index: number) {
  const scenario = scenarios[index];
  const shared: SimulationRequest = {
    scenarios: scenario === undefined ? [] : [scenario],
    paths: PATH_COUNT,
    ...(service === null ? {} : { service }),
  };
  const slider: SimulationRequest = { ...shared, plans: [...plans], detail: 'slider' };
  const full: SimulationRequest = { ...shared, plans: [], detail: 'full' };
  return {
    slider: { key: JSON.stringify(slider), question: { index, request: slider }, isLong: false },
    full: { key: JSON.stringify(full), question: { index, request: full }, isLong: true },
  };
}
