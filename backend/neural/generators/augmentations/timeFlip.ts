/** Last to first; for a series whose calendar is not told, since the clock would run backwards. */
export function timeFlip(values: Float32Array): Float32Array {
  return values.toReversed();
}
