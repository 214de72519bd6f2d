/**
 * The share of replicas that are restarting at each step, after those for which `memory` had no room were killed.
 *
 * `memory` and `replicas` are `[step]`; of the replicas as large a share is killed as of the memory does not fit, again
 * and again while it does not, and takes `startSeconds` to come back. `killed` is written with the share killed, `[step]`.
 */
export function restartingShares(
  memory: Float64Array,
  replicas: Float64Array,
  perReplica: number,
  startSeconds: number,
  stepSeconds: number,
  killed: Float64Array
): Float64Array {
  const restarting = new Float64Array(memory.length);
  const lastingSteps = Math.ceil(startSeconds / stepSeconds);
  for (let step = 0; step < memory.length; step++) {
    const room = Math.max(0, replicas[step]!) * perReplica;
    const need = memory[step]!;
    killed[step] = need > room ? 1 - room / need : 0;
    restarting[step] = killed[step]!;
    for (let back = 1; back <= Math.min(step, lastingSteps); back++) {
      const out = Math.min(1, (startSeconds - (back - 1) * stepSeconds) / stepSeconds);
      restarting[step] = Math.max(restarting[step]!, out * killed[step - back]!);
    }
  }
  return restarting;
}
