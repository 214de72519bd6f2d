import assert from 'node:assert/strict';
import type { lookup } from 'node:dns';
import { test } from 'node:test';
import { Agent, fetch } from 'undici';
import { guardedLookup, MetadataAddress } from './guardedLookup.ts';

/** A resolver by which every name leads to these addresses. */
function leadingTo(...addresses: ReadonlyArray<{ readonly address: string; readonly family: number }>): typeof lookup {
  return ((_: string, __: unknown, callback: (error: null, found: unknown) => void) => {
    callback(null, addresses);
  }) as unknown as typeof lookup;
}

test('a name that leads to a metadata address, among others too, is never connected to', async () => {
  for (const address of ['169.254.169.254', '100.100.100.200', 'fe80::1', 'fd00:ec2::254', '::ffff:169.254.169.254']) {
    const found = [
      { address: '127.0.0.1', family: 4 },
      { address, family: address.includes(':') ? 6 : 4 },
    ];
    const agent = new Agent({ connect: { lookup: guardedLookup(leadingTo(...found)) } });
    await assert.rejects(
      fetch('http://hook.example/', { dispatcher: agent }),
      (error: Error) => error.cause instanceof MetadataAddress,
      address
    );
    await agent.destroy();
  }
});

test('a name that leads elsewhere is looked up as it was', () => {
  const found = [{ address: '10.0.0.1', family: 4 }];
  const answers: unknown[] = [];
  guardedLookup(leadingTo(...found))('hook.example', { all: true }, (...answer) => answers.push(answer));
  guardedLookup(leadingTo(...found))('hook.example', {}, (...answer) => answers.push(answer));
  assert.deepEqual(answers, [
    [null, found],
    [null, '10.0.0.1', 4],
  ]);
});
