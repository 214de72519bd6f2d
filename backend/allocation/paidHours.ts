/**
 * Replica hours paid for `counts` replicas that serve, `[step]`, after `current`: each also while it starts and drains.
 */
export function paidHours(
  counts: Int32Array,
  current: number,
  stepSeconds: number,
  { startSeconds, drainSeconds }: { readonly startSeconds: number; readonly drainSeconds: number }
): { readonly serving: number; readonly changing: number } {
  let [serving, changing, before] = [0, 0, current];
  for (const count of counts) {
    serving += count * stepSeconds;
    changing += count > before ? (count - before) * startSeconds : (before - count) * drainSeconds;
    before = count;
  }
  return { serving: serving / 3600, changing: changing / 3600 };
}
