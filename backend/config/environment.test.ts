import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { HeadroomError } from '../errors/index.ts';
import { readEnvironment } from './index.ts';

describe('readEnvironment', () => {
  it('listens on loopback port 8370 by default', () => {
    const { host, port, tokens } = readEnvironment({});
    assert.deepEqual([host, port, tokens.size], ['127.0.0.1', 8370, 0]);
  });

  it('refuses to listen beyond loopback without a token', () => {
    for (const listen of ['0.0.0.0:8370', '[::]:1', '10.0.0.1:80', 'example.org:80']) {
      assert.throws(() => readEnvironment({ HEADROOM_LISTEN: listen }), { code: 'CONFIG_LISTEN_UNSAFE' });
      assert.equal(
        readEnvironment({ HEADROOM_LISTEN: listen, HEADROOM_TOKEN: 'long enough'.replace(' ', '') }).tokens.size,
        1
      );
    }
  });

  it('listens for KEDA only where told to, and by the same rules', () => {
    assert.equal(readEnvironment({}).keda, undefined);
    assert.deepEqual(readEnvironment({ HEADROOM_KEDA_LISTEN: '127.0.0.1:8371' }).keda, {
      host: '127.0.0.1',
      port: 8371,
    });
    assert.throws(() => readEnvironment({ HEADROOM_KEDA_LISTEN: '0.0.0.0:8371' }), { code: 'CONFIG_LISTEN_UNSAFE' });
    assert.ok(readEnvironment({ HEADROOM_KEDA_LISTEN: '0.0.0.0:8371', HEADROOM_TOKEN_READ: 'reads-only' }).keda);
  });

  it('encrypts for KEDA where a certificate and its key are named, both or none', () => {
    const listen = { HEADROOM_KEDA_LISTEN: '127.0.0.1:8371' };
    const pair = { HEADROOM_KEDA_TLS_CERT: 'tls.crt', HEADROOM_KEDA_TLS_KEY: 'tls.key' };
    const files = { certificateFile: 'tls.crt', keyFile: 'tls.key' };
    assert.deepEqual(readEnvironment({ ...listen, ...pair, HEADROOM_KEDA_TLS_CLIENT_CA: '' }).keda?.tls, files);
    assert.deepEqual(readEnvironment({ ...listen, ...pair, HEADROOM_KEDA_TLS_CLIENT_CA: 'ca.crt' }).keda?.tls, {
      ...files,
      clientCaFile: 'ca.crt',
    });
    for (const [given, named] of [
      [{ HEADROOM_KEDA_TLS_CERT: 'tls.crt' }, /HEADROOM_KEDA_TLS_KEY/],
      [{ HEADROOM_KEDA_TLS_KEY: 'tls.key' }, /HEADROOM_KEDA_TLS_CERT/],
      [{ HEADROOM_KEDA_TLS_CLIENT_CA: 'ca.crt' }, /HEADROOM_KEDA_TLS_CERT/],
    ] as const) {
      assert.throws(() => readEnvironment({ ...listen, ...given }), {
        code: 'CONFIG_ENVIRONMENT_INVALID',
        message: named,
      });
    }
  });

  it('believes the Grafana that is named, by its own URL and its first organisation unless told otherwise', () => {
    assert.equal(readEnvironment({}).grafana, undefined);
    const url = 'http://grafana:3000';
    assert.deepEqual(readEnvironment({ HEADROOM_GRAFANA_URL: url }).grafana, { url, issuer: url, audience: 'org:1' });
    const issuer = 'https://example.org/grafana/';
    const all = { HEADROOM_GRAFANA_URL: url, HEADROOM_GRAFANA_ISSUER: issuer, HEADROOM_GRAFANA_AUDIENCE: 'org:2' };
    assert.deepEqual(readEnvironment(all).grafana, { url, issuer, audience: 'org:2' });
  });

  it('trusts proxies by header and network, and never the whole world or a header that anybody sends', () => {
    const header = 'X-Auth-Request-Email';
    const proxied = (HEADROOM_TRUSTED_PROXY_HEADER: string, HEADROOM_TRUSTED_PROXIES: string) =>
      readEnvironment({ HEADROOM_TRUSTED_PROXY_HEADER, HEADROOM_TRUSTED_PROXIES }).trustedProxy;
    assert.equal(proxied('', ' '), undefined);
    assert.deepEqual(proxied(header, '10.0.0.0/8, 192.0.2.7,fd00::/8'), {
      header: 'x-auth-request-email',
      networks: ['10.0.0.0/8', '192.0.2.7', 'fd00::/8'],
    });
    for (const networks of [
      '0.0.0.0/0',
      '::/0',
      '10.0.0.0/33',
      '10.0.0',
      'example.org',
      '10.0.0.0/8;11.0.0.0/8',
      '*',
    ]) {
      assert.throws(() => proxied(header, networks), { code: 'CONFIG_ENVIRONMENT_INVALID' }, networks);
    }
    for (const unfit of ['Authorization', 'X-Forwarded-For', 'X-Grafana-Role', 'Cookie', 'a b', 'x:y']) {
      assert.throws(() => proxied(unfit, '10.0.0.0/8'), { code: 'CONFIG_ENVIRONMENT_INVALID' }, unfit);
    }
  });

  it('accepts each way to name loopback, and a port alone', () => {
    for (const listen of ['localhost:1', '[::1]:0', '127.9.9.9:80', '8371']) {
      assert.doesNotThrow(() => readEnvironment({ HEADROOM_LISTEN: listen }));
    }
  });

  it('gives each token its permission, HEADROOM_TOKEN all of them', () => {
    const { tokens } = readEnvironment({ HEADROOM_TOKEN: 'everything', HEADROOM_TOKEN_READ: 'reads-only' });
    assert.equal(tokens.get('everything'), 'admin');
    assert.equal(tokens.get('reads-only'), 'read');
  });

  it('takes a database by its URL, or keeps all in the data folder', () => {
    assert.equal(readEnvironment({}).databaseUrl, undefined);
    assert.equal(readEnvironment({ HEADROOM_DATABASE_URL: '' }).databaseUrl, undefined);
    for (const url of [
      'postgres://u:p%2Fw@h:5432/db',
      'postgresql://h/db?sslmode=verify-full',
      'postgres:///db?host=/run',
    ]) {
      assert.equal(readEnvironment({ HEADROOM_DATABASE_URL: url }).databaseUrl, url);
    }
  });

  for (const [name, value] of [
    ['HEADROOM_LISTEN', 'host:99999'],
    ['HEADROOM_LISTEN', 'http://x'],
    ['HEADROOM_KEDA_LISTEN', 'http://x'],
    ['HEADROOM_TOKEN', 'short'],
    ['HEADROOM_TOKEN_READ', 'with a space'],
    ['HEADROOM_GRAFANA_URL', 'ftp://x'],
    ['HEADROOM_GRAFANA_URL', 'https://'],
    ['HEADROOM_GRAFANA_URL', 'https://admin:secret@grafana'],
    ['HEADROOM_GRAFANA_ISSUER', 'grafana'],
    ['HEADROOM_GRAFANA_ISSUER', 'https://grafana'],
    ['HEADROOM_GRAFANA_AUDIENCE', 'org:1'],
    ['HEADROOM_TRUSTED_PROXIES', '10.0.0.0/8'],
    ['HEADROOM_TRUSTED_PROXY_HEADER', 'X-User'],
    ['HEADROOM_LOG_LEVEL', 'loud'],
    ['HEADROOM_DATABASE_URL', 'mysql://u:secret@h/db'],
    ['HEADROOM_DATABASE_URL', 'postgres://u:sec/ret@h/db/'],
    ['HEADROOM_DATABASE_URL', 'postgres://u:secret@h'],
    ['HEADROOM_DATABASE_URL', 'h:5432'],
  ] as const) {
    it(`refuses ${name}=${value} without telling a secret`, () => {
      assert.throws(
        () => readEnvironment({ [name]: value }),
        (error: unknown) =>
          error instanceof HeadroomError &&
          error.code === 'CONFIG_ENVIRONMENT_INVALID' &&
          error.message.includes(name) &&
          (!/TOKEN|DATABASE/.test(name) || !error.message.includes(value))
      );
    });
  }
});
