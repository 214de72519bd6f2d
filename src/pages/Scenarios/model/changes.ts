import type { Intervention, Scenario } from '../../../../contract/scenario.ts';
import { interventionsOfShape, shapeOfInterventions, type DrawnShape } from './drawnShape';

/** What a person edits as one thing: an intervention, or the run of them that a drawn shape became. */
export type Change =
  | { readonly kind: 'intervention'; readonly intervention: Intervention }
  | { readonly kind: 'drawn'; readonly shape: DrawnShape };

/** The scenario's interventions as they are edited; runs of corners of one drawing are one change. */
export function changesOf({ interventions }: Scenario): Change[] {
  const changes: Change[] = [];
  let at = 0;
  while (at < interventions.length) {
    const run = longestShape(interventions.slice(at));
    const intervention = interventions[at];
    if (run !== null) {
      changes.push({ kind: 'drawn', shape: run.shape });
      at += run.length;
    } else if (intervention !== undefined) {
      changes.push({ kind: 'intervention', intervention });
      at += 1;
    }
  }
  return changes;
}

/** The scenario with its interventions made of changes. */
export function withChanges(scenario: Scenario, changes: readonly Change[]): Scenario {
  return {
    ...scenario,
    interventions: changes.flatMap((change) =>
      change.kind === 'drawn' ? interventionsOfShape(change.shape) : [change.intervention]
    ),
  };
}

function longestShape(rest: readonly Intervention[]): { readonly shape: DrawnShape; readonly length: number } | null {
  for (let length = rest.length; length >= 1; length--) {
    const shape = shapeOfInterventions(rest.slice(0, length));
    if (shape !== null) {
      return { shape, length };
    }
  }
  return null;
}
