/** How arms are written, as the help of `headroom experiment` shows it. */
export const EXPERIMENT_FORMATS = `
Arms: a policy of headroom replay, and what is set of it:
  headroom                       the forecast's floor below a relaxed HPA
  headroom:risk=0.05             at another risk than the service's
  headroom:model=cycles          its floor from the quantile 1 - risk of a forecaster, or of the folder of a learnt
                                 model, below a relaxed HPA; model=cycles,risk=0.05 at another risk
  headroom-floor-only            the HPA's target untouched, as without tuneTarget; risk=... too
  hpa                            reactive; hpa:target=0.5 at another target
  static, seasonal, crane, holt-winters

A service file is that of headroom replay.
`;
