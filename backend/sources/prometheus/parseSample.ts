const NUMBER = /^[-+]?(\d+\.?\d*|\.\d+)([eE][-+]?\d+)?$/;
const NOT_FINITE = /^([-+]?Inf|NaN)$/;

/**
 * Reads a sample as Prometheus' API writes it, `[seconds, "value"]`; `undefined` where it is none.
 *
 * NaN and infinities, stale markers among them, are NaN: a gap.
 */
export function parseSample(sample: unknown): readonly [timeSeconds: number, value: number] | undefined {
  if (!Array.isArray(sample) || sample.length !== 2) {
    return undefined;
  }
  const [time, text] = sample as readonly unknown[];
  if (typeof time !== 'number' || typeof text !== 'string') {
    return undefined;
  }
  if (NUMBER.test(text)) {
    const value = Number(text);
    return [time, Number.isFinite(value) ? value : Number.NaN];
  }
  return NOT_FINITE.test(text) ? [time, Number.NaN] : undefined;
}
