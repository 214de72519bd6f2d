import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createGrafanaSigner } from './grafanaSigner.fixture.ts';
import { SigningKeys } from './signingKeys.ts';

const { jwk: first } = await createGrafanaSigner('first');
const { jwk: second } = await createGrafanaSigner('second');

interface Grafana {
  nowSeconds: number;
  keys: readonly unknown[] | Error;
  asked: number;
  readonly failures: unknown[];
  readonly signingKeys: SigningKeys;
}

function grafanaWith(keys: Grafana['keys']): Grafana {
  const failures: unknown[] = [];
  const grafana: Grafana = {
    nowSeconds: 0,
    keys,
    asked: 0,
    failures,
    signingKeys: new SigningKeys({
      nowSeconds: () => grafana.nowSeconds,
      onFailure: (error) => failures.push(error),
      fetchKeys: () => {
        grafana.asked++;
        return grafana.keys instanceof Error ? Promise.reject(grafana.keys) : Promise.resolve({ keys: grafana.keys });
      },
    }),
  };
  return grafana;
}

async function has(grafana: Grafana, kid: string, canWait = true): Promise<boolean> {
  return (await grafana.signingKeys.key(kid, canWait)) !== undefined;
}

test('keys are asked for once, however many ask at a time, and kept while they are fresh', async () => {
  const grafana = grafanaWith([first]);
  const answers = await Promise.all(Array.from({ length: 50 }, () => has(grafana, 'first')));
  assert.ok(answers.every((answer) => answer));
  grafana.nowSeconds = 599;
  assert.ok(await has(grafana, 'first'));
  assert.equal(grafana.asked, 1);
});

test('an unknown id asks again, at most once a minute', async () => {
  const grafana = grafanaWith([first]);
  assert.equal(await has(grafana, 'second'), false);
  grafana.keys = [first, second];
  for (let second = 1; second < 60; second++) {
    grafana.nowSeconds = second;
    assert.equal(await has(grafana, `forged-${second}`), false);
  }
  assert.equal(grafana.asked, 1);
  grafana.nowSeconds = 60;
  assert.equal(await has(grafana, 'second'), true);
  assert.equal(grafana.asked, 2);
});

test('a key that was withdrawn is believed until keys are no longer fresh', async () => {
  const grafana = grafanaWith([first, second]);
  assert.ok(await has(grafana, 'second'));
  grafana.keys = [first];
  grafana.nowSeconds = 600;
  // The one that notices still gets its answer: nobody waits for a refresh.
  assert.ok(await has(grafana, 'second'));
  await has(grafana, 'none');
  assert.equal(await has(grafana, 'second'), false);
});

test('a Grafana that is away is asked each minute, its keys believed for six hours more, and nobody after that', async () => {
  const grafana = grafanaWith([first]);
  assert.ok(await has(grafana, 'first'));
  grafana.keys = new Error('refused');
  for (let minute = 10; minute <= 369; minute++) {
    grafana.nowSeconds = minute * 60;
    assert.ok(await has(grafana, 'first'), `after ${minute} minutes`);
    assert.equal(await has(grafana, 'second'), false);
  }
  assert.equal(grafana.asked, 1 + 360);
  assert.equal(grafana.failures.length, 360);
  grafana.nowSeconds = 370 * 60;
  await assert.rejects(has(grafana, 'first'), { code: 'API_IDENTITY_UNAVAILABLE' });
  grafana.keys = [first];
  grafana.nowSeconds += 60;
  assert.ok(await has(grafana, 'first'));
});

test('while there are no keys at all Grafana is asked every five seconds', async () => {
  const grafana = grafanaWith(new Error('refused'));
  for (let second = 0; second <= 10; second++) {
    grafana.nowSeconds = second;
    await assert.rejects(has(grafana, 'first'), { code: 'API_IDENTITY_UNAVAILABLE' });
  }
  assert.equal(grafana.asked, 3);
});

test('who cannot wait is answered from what is at hand', async () => {
  const grafana = grafanaWith([first]);
  await assert.rejects(has(grafana, 'first', false), { code: 'API_IDENTITY_UNAVAILABLE' });
  assert.ok(await has(grafana, 'first'));
  assert.ok(await has(grafana, 'first', false));
  assert.equal(grafana.asked, 1);
});

test('keys of other kinds are left out, and what is no key set is a failure', async () => {
  const rsa = { kty: 'RSA', kid: 'rsa', n: 'AQAB', e: 'AQAB' };
  const secret = { kty: 'oct', kid: 'secret', k: 'c2VjcmV0' };
  const grafana = grafanaWith([
    rsa,
    secret,
    { ...first, kid: undefined },
    'x',
    null,
    { ...first, crv: 'P-384' },
    second,
  ]);
  assert.ok(await has(grafana, 'second'));
  for (const kid of ['rsa', 'secret', 'first', 'undefined']) {
    assert.equal(await has(grafana, kid), false, kid);
  }
  for (const answer of ['', null, [], { keys: 1 }, { keys: Array.from({ length: 101 }, () => first) }]) {
    const failures: unknown[] = [];
    const broken = new SigningKeys({
      nowSeconds: () => 0,
      onFailure: (error) => failures.push(error),
      fetchKeys: () => Promise.resolve(answer),
    });
    await assert.rejects(broken.key('first', true), { code: 'API_IDENTITY_UNAVAILABLE' });
    assert.equal(failures.length, 1);
  }
});
