import type { CompiledScenario } from './compiledScenario.ts';

/**
 * The scenario as if it had just begun and did happen: its earliest intervention starts at the cutoff, the others as
 * long after it as they do, nothing is left to chance. What the present is compared with.
 */
export function scenarioFromNow({ name, interventions }: CompiledScenario): CompiledScenario {
  const begins = Math.min(...interventions.map(({ startSeconds: [earliest] }) => earliest));
  return {
    name,
    interventions: interventions.map((intervention) => {
      const start = intervention.startSeconds[0] - begins;
      return { ...intervention, probability: 1, startSeconds: [start, start] };
    }),
  };
}
