/** Orders versions `major.minor.patch`, the oldest first. */
export function byVersion(a: string, b: string): number {
  const [left, right] = [a.split('.').map(Number), b.split('.').map(Number)];
  const place = left.findIndex((each, i) => each !== right[i]);
  return place < 0 ? 0 : left[place]! - right[place]!;
}
