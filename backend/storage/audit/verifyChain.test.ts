import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import type { Decision, NewDecision } from '../../../contract/index.ts';
import { FIRST_PREVIOUS_HASH } from './decisionHash.ts';
import { plainDecision, sealDecision } from './sealDecision.ts';
import { verifyChain } from './verifyChain.ts';

const anyDecision: fc.Arbitrary<NewDecision> = fc.record({
  id: fc.uuid(),
  at: fc.double({ noNaN: true, noDefaultInfinity: true }),
  who: fc.string(),
  what: fc.constantFrom('approve', 'rollback'),
  workload: fc.option(fc.constant('shop')),
  why: fc.array(fc.string(), { maxLength: 3 }),
  before: fc.jsonValue(),
  after: fc.jsonValue(),
  outcome: fc.string(),
});

const anyChain = fc.array(anyDecision, { minLength: 3, maxLength: 12 }).map((decisions) => {
  const chain: Decision[] = [];
  for (const decision of decisions) {
    chain.push(sealDecision(plainDecision(decision), chain.at(-1)));
  }
  return chain;
});

describe('verifyChain', () => {
  it('finds nothing in a chain as it was written, whatever its keys are ordered by, from any of them on', async () => {
    await fc.assert(
      fc.asyncProperty(anyChain, fc.nat(), async (chain, at) => {
        const from = at % chain.length;
        const part = chain.slice(from).map((each) => Object.fromEntries(Object.entries(each).reverse()));
        assert.deepEqual(await verifyChain(JSON.parse(JSON.stringify(part)) as unknown[]), {
          intact: true,
          count: chain.length - from,
          complete: from === 0,
          firstSeq: from + 1,
          lastSeq: chain.length,
          head: chain.at(-1)!.hash,
          fault: null,
        });
      })
    );
  });

  it('finds any change of any field of any decision, and where', async () => {
    const other = fc.oneof(fc.jsonValue(), fc.constant(undefined));
    await fc.assert(
      fc.asyncProperty(anyChain, fc.nat(), fc.nat(), other, async (chain, at, field, value) => {
        const index = at % chain.length;
        const key = Object.keys(chain[index]!)[field % Object.keys(chain[index]!).length]!;
        const changed = { ...chain[index]!, [key]: value };
        fc.pre(JSON.stringify(changed) !== JSON.stringify(chain[index]));
        // -0 and 0 are one number in JSON.
        const report = await verifyChain(JSON.parse(JSON.stringify(chain.with(index, changed))) as unknown[]);
        assert.equal(report.intact, false, key);
        assert.ok([index + 1, index + 2].includes(report.fault!.position));
        assert.ok(report.count >= index);
      }),
      { numRuns: 500 }
    );
  });

  it('finds what was added, taken out, doubled or moved', async () => {
    await fc.assert(
      fc.asyncProperty(anyChain, fc.nat(), async (chain, at) => {
        const index = at % (chain.length - 1);
        const next = chain[index + 1]!;
        const forged = sealDecision(plainDecision({ ...next, id: 'forged' }), chain[index]);
        for (const tampered of [
          chain.toSpliced(index + 1, 0, forged),
          chain.toSpliced(index, 2, next, chain[index]!),
          chain.toSpliced(index, 0, chain[index]!),
          ...(index === 0 ? [] : [chain.toSpliced(index, 1)]),
          ...(index < chain.length - 2 ? [chain.toSpliced(index + 1, 1, forged)] : []),
        ]) {
          assert.equal((await verifyChain(tampered)).intact, false);
        }
        const unknownField = { ...chain[index], approvedBy: 'root' };
        assert.equal((await verifyChain(chain.with(index, unknownField as never))).intact, false);
      })
    );
  });

  it('finds what was cut off at the end, or forged whole, only by a hash that was noted before', async () => {
    await fc.assert(
      fc.asyncProperty(anyChain, async (chain) => {
        const head = chain.at(-1)!.hash;
        assert.ok((await verifyChain(chain, { head })).intact);
        assert.ok((await verifyChain(chain, { head: chain[0]!.hash })).intact);
        assert.ok((await verifyChain(chain.slice(1), { head: chain[0]!.hash })).intact);
        assert.ok((await verifyChain(chain.slice(0, -1))).intact);
        const report = await verifyChain(chain.slice(0, -1), { head });
        assert.deepEqual([report.intact, report.fault?.position], [false, chain.length]);
      }),
      { numRuns: 30 }
    );
  });

  it('has nothing to say against no decisions, unless there were some', async () => {
    assert.deepEqual(await verifyChain([]), {
      intact: true,
      count: 0,
      complete: true,
      firstSeq: null,
      lastSeq: null,
      head: null,
      fault: null,
    });
    assert.ok((await verifyChain([], { head: FIRST_PREVIOUS_HASH })).intact);
    assert.equal((await verifyChain([], { head: 'a'.repeat(64) })).intact, false);
  });

  it('takes anything for a record without failing', async () => {
    const deep = JSON.parse(`${'['.repeat(20_000)}${']'.repeat(20_000)}`) as unknown;
    const odd = [null, 7, 'x', [], {}, { seq: 1 }, { seq: '1', previousHash: '', hash: '' }];
    for (const record of [...odd, { seq: 1, previousHash: FIRST_PREVIOUS_HASH, hash: 'x', after: deep }]) {
      const { intact, fault } = await verifyChain([record]);
      assert.deepEqual([intact, fault?.position], [false, 1]);
    }
  });
});
