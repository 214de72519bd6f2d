const last = new Map<string, Promise<unknown>>();

/** Runs `work` after all that was asked for under the same key before, whatever became of it. */
export async function oneAtATime<T>(key: string, work: () => Promise<T>): Promise<T> {
  const turn = (last.get(key) ?? Promise.resolve()).then(work, work);
  const settled = turn.catch(() => undefined);
  last.set(key, settled);
  try {
    return await turn;
  } finally {
    if (last.get(key) === settled) {
      last.delete(key);
    }
  }
}
