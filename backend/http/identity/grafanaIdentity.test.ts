import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { exportSPKI, generateKeyPair, importJWK, SignJWT, UnsecuredJWT, type JWTPayload } from 'jose';
import fc from 'fast-check';
import { HeadroomError } from '../../errors/index.ts';
import { grafanaIdentity } from './grafanaIdentity.ts';
import { createGrafanaSigner, ISSUER, NOW } from './grafanaSigner.fixture.ts';
import { SigningKeys } from './signingKeys.ts';

const signer = await createGrafanaSigner();
const stranger = await createGrafanaSigner();
const keys = new SigningKeys({
  fetchKeys: () => Promise.resolve({ keys: [signer.jwk] }),
  nowSeconds: () => NOW,
  onFailure: () => undefined,
});

function identify(token: string, issuer = ISSUER) {
  return grafanaIdentity(token, { keys, issuer, audience: 'org:1', nowSeconds: () => NOW }, true);
}

const ALICE = { name: 'alice', subject: 'user:2', via: 'grafana' };
const CLAIMS = { iss: ISSUER, aud: 'org:1', sub: 'user:2', iat: NOW - 5, exp: NOW + 595, username: 'alice' };

function encode(value: unknown): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url');
}

describe('grafanaIdentity', () => {
  it('is the login and the subject of a signed identity', async () => {
    assert.deepEqual(await identify(await signer.sign()), ALICE);
    assert.deepEqual(await identify(await signer.sign({}, { typ: undefined })), ALICE);
    const account = { sub: 'service-account:7', username: 'sa-1-ci' };
    assert.deepEqual(await identify(await signer.sign(account)), {
      name: 'sa-1-ci',
      subject: 'service-account:7',
      via: 'grafana',
    });
  });

  it('takes no notice of a slash at the end of the issuer', async () => {
    for (const signed of ['https://grafana.example', 'https://grafana.example/']) {
      for (const expected of ['https://grafana.example', 'https://grafana.example/']) {
        assert.deepEqual(await identify(await signer.sign({ iss: signed }), expected), ALICE);
      }
    }
  });

  it('is the subject where the login cannot stand in an audit', async () => {
    for (const username of [undefined, 7, '', ' ', 'a\nb', 'a\u202eb', 'x'.repeat(201), ['alice']]) {
      assert.equal((await identify(await signer.sign({ username }))).name, 'user:2');
    }
  });

  it('allows clocks to be half a minute apart, and no more', async () => {
    assert.deepEqual(await identify(await signer.sign({ exp: NOW - 29, nbf: NOW + 30, iat: NOW + 29 })), ALICE);
    await assert.rejects(identify(await signer.sign({ exp: NOW - 31 })), /expired/);
    await assert.rejects(identify(await signer.sign({ nbf: NOW + 31 })), /not valid yet/);
  });

  const refused: ReadonlyArray<readonly [string, RegExp, () => string | Promise<string>]> = [
    ['expired', /expired/, () => signer.sign({ exp: NOW - 60 })],
    ['not valid yet', /not valid yet/, () => signer.sign({ nbf: NOW + 60 })],
    ['without an expiry', /claim exp/, () => signer.sign({ exp: undefined } as unknown as JWTPayload)],
    ['with an expiry that is no number', /claim exp/, () => signer.sign({ exp: 'never' } as unknown as JWTPayload)],
    ['without the time of issue', /claim iat/, () => signer.sign({ iat: undefined } as unknown as JWTPayload)],
    ['without a subject', /claim sub/, () => signer.sign({ sub: undefined } as unknown as JWTPayload)],
    ['of another organisation', /another organisation/, () => signer.sign({ aud: 'org:2' })],
    ['without an audience', /another organisation/, () => signer.sign({ aud: undefined } as unknown as JWTPayload)],
    ['of another issuer', /another Grafana/, () => signer.sign({ iss: 'https://grafana.example.evil/' })],
    ['without an issuer', /another Grafana/, () => signer.sign({ iss: undefined } as unknown as JWTPayload)],
    ['of a visitor', /names nobody/, () => signer.sign({ sub: 'anonymous:0' })],
    ['of the renderer', /names nobody/, () => signer.sign({ sub: 'render-service:0' })],
    ['with an odd subject', /names nobody/, () => signer.sign({ sub: 'user:2\nuser:1' })],
    ['that is an access token', /another kind/, () => signer.sign({}, { typ: 'at+jwt' })],
    ['by a key of another id', /does not sign with/, () => signer.sign({}, { kid: 'forged' })],
    ['without a key id', /does not sign with/, () => signer.sign({}, { kid: undefined })],
    ['with a path as its key id', /does not sign with/, () => signer.sign({}, { kid: '../../dev/null' })],
    ['by a stranger with our key id', /signature/, () => stranger.sign({}, { kid: signer.kid })],
    [
      'by a stranger who brings the key along',
      /signature/,
      () => stranger.sign({}, { kid: signer.kid, jwk: stranger.jwk, jku: 'http://127.0.0.1:1/keys' }),
    ],
    ['with a critical header', /no signed identity/, async () => withHeader(await signer.sign(), { crit: ['b64'] })],
    ['with alg none', /ES256|no signed/, () => new UnsecuredJWT(CLAIMS).encode()],
    ['with alg none and our key id', /ES256/, () => `${encode({ alg: 'none', kid: signer.kid })}.${encode(CLAIMS)}.`],
    ['with alg None', /ES256/, () => `${encode({ alg: 'None', kid: signer.kid })}.${encode(CLAIMS)}.`],
    [
      'with HS256 by the public key',
      /ES256/,
      async () => {
        const pem = await exportSPKI((await importJWK({ ...signer.jwk, ext: true }, 'ES256')) as never);
        return new SignJWT(CLAIMS).setProtectedHeader({ alg: 'HS256', kid: signer.kid }).sign(Buffer.from(pem));
      },
    ],
    [
      'with RS256',
      /ES256/,
      async () => {
        const { privateKey } = await generateKeyPair('RS256');
        return new SignJWT(CLAIMS).setProtectedHeader({ alg: 'RS256', kid: signer.kid }).sign(privateKey);
      },
    ],
    ['without its signature', /signature|no signed/, async () => (await signer.sign()).replace(/[^.]+$/, '')],
    ['with a signature of zeros', /signature/, async () => (await signer.sign()).replace(/[^.]+$/, 'A'.repeat(86))],
    ['whose claims were changed', /signature/, async () => withClaims(await signer.sign(), { username: 'root' })],
    ['that is encrypted', /no signed identity/, () => 'a.b.c.d.e'],
    ['that is empty', /no signed identity/, () => ''],
    ['that is a page', /no signed identity/, () => '<html>'],
  ];
  for (const [title, reason, token] of refused) {
    it(`does not believe one ${title}`, async () => {
      await assert.rejects(identify(await token()), (error: unknown) => {
        assert.ok(error instanceof HeadroomError, String(error));
        assert.equal(error.code, 'API_IDENTITY_INVALID');
        assert.match(error.message, reason);
        return true;
      });
    });
  }

  it('does not believe one in which any character was changed', async () => {
    const token = await signer.sign();
    await fc.assert(
      fc.asyncProperty(fc.nat(token.length - 1), fc.constantFrom(...Array.from('AQgw-_09z.')), async (place, other) => {
        // The last character of a part holds bits that decode to nothing.
        const isLastOfPart = (token[place + 1] ?? '.') === '.';
        fc.pre(token[place] !== other && token[place] !== '.' && !isLastOfPart);
        const forged = token.slice(0, place) + other + token.slice(place + 1);
        await assert.rejects(identify(forged), { code: 'API_IDENTITY_INVALID' });
      }),
      { numRuns: 200 }
    );
  });

  it('cannot tell where the keys cannot be had', async () => {
    const none = new SigningKeys({
      fetchKeys: () => Promise.reject(new Error('refused')),
      nowSeconds: () => NOW,
      onFailure: () => undefined,
    });
    const options = { keys: none, issuer: ISSUER, audience: 'org:1', nowSeconds: () => NOW };
    await assert.rejects(grafanaIdentity(await signer.sign(), options, true), { code: 'API_IDENTITY_UNAVAILABLE' });
  });
});

function withClaims(token: string, claims: object): string {
  const [head, body = '', signature] = token.split('.');
  const changed = { ...(JSON.parse(Buffer.from(body, 'base64url').toString()) as object), ...claims };
  return [head, encode(changed), signature].join('.');
}

function withHeader(token: string, header: object): string {
  const [head = '', body, signature] = token.split('.');
  const changed = { ...(JSON.parse(Buffer.from(head, 'base64url').toString()) as object), ...header };
  return [encode(changed), body, signature].join('.');
}
