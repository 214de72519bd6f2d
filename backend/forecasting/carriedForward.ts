/** The values with each missing one replaced by the last before it, leading ones by the first; all missing stays so. */
export function carriedForward(values: Float64Array): Float64Array {
  const filled = values.slice();
  let last = Number.NaN;
  for (const value of values) {
    if (!Number.isNaN(value)) {
      last = value;
      break;
    }
  }
  for (let i = 0; i < filled.length; i++) {
    if (Number.isNaN(filled[i])) {
      filled[i] = last;
    } else {
      last = filled[i]!;
    }
  }
  return filled;
}
