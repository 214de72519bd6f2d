/** How finely a workload is forecast, each with the horizon and the history that go well with it. */
export const STEP_CHOICES = [
  { step: '1m', horizon: '6h', history: '7d' },
  { step: '5m', horizon: '24h', history: '21d' },
  { step: '15m', horizon: '2d', history: '42d' },
  { step: '1h', horizon: '7d', history: '90d' },
  { step: '1d', horizon: '90d', history: '730d' },
] as const;

export interface StepChoice {
  readonly step: string;
  readonly horizon: string;
  readonly history: string;
}

/** What goes with a step; what the sidecar takes by itself for one that is not among the choices. */
export function choiceOf(step: string): StepChoice {
  return STEP_CHOICES.find((each) => each.step === step) ?? { step, horizon: '24h', history: '21d' };
}
