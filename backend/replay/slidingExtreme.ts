/** The extreme of `width` values that end at each index, or that start there; fewer at the ends. */
export function slidingExtreme(
  values: Int32Array,
  width: number,
  kind: 'max' | 'min',
  side: 'behind' | 'ahead'
): Int32Array {
  const { length } = values;
  const at = side === 'behind' ? (i: number) => i : (i: number) => length - 1 - i;
  const isBetter = kind === 'max' ? (a: number, b: number) => a >= b : (a: number, b: number) => a <= b;
  const result = new Int32Array(length);
  const queue = new Int32Array(length);
  let [head, tail] = [0, 0];
  for (let i = 0; i < length; i++) {
    const value = values[at(i)]!;
    while (tail > head && isBetter(value, values[at(queue[tail - 1]!)]!)) {
      tail--;
    }
    queue[tail++] = i;
    if (queue[head]! <= i - width) {
      head++;
    }
    result[at(i)] = values[at(queue[head]!)]!;
  }
  return result;
}
