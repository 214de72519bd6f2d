import type { Storage } from '../storage.ts';

const PAGE = 500;

/** The decisions that are kept, oldest first, after number `afterSeq`, as they are stored: unchecked. */
export async function* storedChain(storage: Pick<Storage, 'decisionRecords'>, afterSeq = 0): AsyncGenerator {
  for (let after = afterSeq; ;) {
    const page = await storage.decisionRecords(after, PAGE);
    yield* page;
    const last = page.at(-1)?.['seq'];
    if (page.length < PAGE || typeof last !== 'number' || !(last > after)) {
      return;
    }
    after = last;
  }
}
