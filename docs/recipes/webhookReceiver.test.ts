import assert from 'node:assert/strict';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { test } from 'node:test';
import { signature } from '../../backend/targets/webhook/signature.ts';
import { isSigned, webhookReceiver } from './webhookReceiver.example.ts';

const NOW = 1_800_000_000;
const BODY = '{"floor":9}';
const headersOf = (timestamp: unknown, sign: unknown) =>
  ({ 'headroom-timestamp': timestamp, 'headroom-signature': sign }) as Record<string, string>;

test('a receiver believes what Headroom signs, for five minutes', () => {
  const sign = signature('secret', NOW, BODY);
  assert.ok(isSigned(headersOf(String(NOW), sign), BODY, 'secret', NOW));
  assert.ok(isSigned(headersOf(String(NOW), sign), BODY, 'secret', NOW + 300));
  assert.ok(isSigned(headersOf(String(NOW), `v1=${'0'.repeat(64)}, ${sign}`), BODY, 'secret', NOW));
  assert.ok(!isSigned(headersOf(String(NOW), sign), BODY, 'secret', NOW + 301));
});

test('a receiver believes nothing else', () => {
  const sign = signature('secret', NOW, BODY);
  for (const [timestamp, given, body, secret] of [
    [String(NOW), sign, '{"floor":99}', 'secret'],
    [String(NOW + 1), sign, BODY, 'secret'],
    [String(NOW), sign, BODY, 'another'],
    [String(NOW), sign.slice(0, -1), BODY, 'secret'],
    [String(NOW), sign.replace('v1=', 'v0='), BODY, 'secret'],
    [String(NOW), undefined, BODY, 'secret'],
    [undefined, sign, BODY, 'secret'],
    ['NaN', sign, BODY, 'secret'],
  ] as const) {
    assert.ok(!isSigned(headersOf(timestamp, given), body, secret, NOW), JSON.stringify([timestamp, given, body]));
  }
});

test('a receiver says no to what it cannot read, signed or not, and changes nothing', async (context) => {
  const scaler = { floor: 2, ceiling: 30, version: 1 };
  const server = webhookReceiver(scaler, 'secret', () => NOW).listen(0, '127.0.0.1');
  context.after(() => {
    server.closeAllConnections();
    server.close();
  });
  await once(server, 'listening');
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  for (const [body, isOurs, status] of [
    ['{}', false, 401],
    ['not JSON', true, 400],
    ['{}', true, 422],
    ['{"floor":99,"original":{"floor":2}}', true, 422],
    ['{"floor":"9","original":{"floor":2}}', true, 422],
  ] as const) {
    const headers = isOurs ? headersOf(String(NOW), signature('secret', NOW, body)) : {};
    const answer = await fetch(url, { method: 'POST', headers, body });
    assert.equal(answer.status, status, body.slice(0, 40));
    await answer.text();
  }
  assert.deepEqual(scaler, { floor: 2, ceiling: 30, version: 1 });
});
