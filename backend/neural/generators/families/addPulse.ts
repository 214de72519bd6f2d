export const PULSE_FORMS = ['topHat', 'bell', 'decay', 'triangle'] as const;
export type PulseForm = (typeof PULSE_FORMS)[number];

/** Adds one pulse in place: `width` steps wide from step `at`, `height` at its highest; at least one step sees it. */
export function addPulse(values: Float64Array, form: PulseForm, at: number, width: number, height: number): void {
  const reach = form === 'topHat' || form === 'triangle' ? width : form === 'decay' ? 5 * width : 2.5 * width;
  const stop = Math.min(values.length, at + Math.max(1, Math.ceil(reach)));
  for (let t = Math.max(0, at); t < stop; t++) {
    const x = (t - at) / width;
    const share =
      form === 'topHat'
        ? 1
        : form === 'decay'
          ? Math.exp(-x)
          : form === 'bell'
            ? Math.exp(-3 * (x - 1.25) ** 2)
            : width <= 2
              ? 1
              : 1 - Math.abs(2 * x - 1);
    values[t]! += height * share;
  }
}
