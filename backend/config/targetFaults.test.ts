import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { workloadSchema, type TargetEntry } from '../../contract/index.ts';
import { targetFaults } from './targetFaults.ts';

const webhook = (url: string): TargetEntry => ({ kind: 'webhook', url });
const gitops = (path: string): TargetEntry => ({ kind: 'gitops', path, namespace: 'shop', name: 'checkout' });
const pathsOf = (target: TargetEntry, declaredIn: 'file' | 'api' = 'file') =>
  targetFaults(target, declaredIn).map(({ path }) => path.join('.'));

describe('targetFaults', () => {
  test('finds credentials in a url, and addresses where clouds hand them out', () => {
    for (const url of [
      'http://user:pass@hooks.example.com/',
      'http://169.254.169.254/latest',
      'http://0xA9FEA9FE/',
      'http://2852039166/',
      'http://[fe80::1]/',
      'http://[::ffff:a9fe:a9fe]/',
      'http://[fd00:ec2::254]/',
      'http://100.100.100.200/',
    ]) {
      assert.deepEqual(pathsOf(webhook(url)), ['url'], url);
      assert.deepEqual(pathsOf({ kind: 'webhook', url: 'http://a.example', read: { url } }), ['read.url'], url);
      assert.deepEqual(pathsOf({ kind: 'nomad', job: 'j', group: 'g', address: url }), ['address'], url);
    }
    for (const url of ['https://hooks.example.com/a', 'http://127.0.0.1:8080/', 'http://10.0.0.1/', 'http://[::1]/']) {
      assert.deepEqual(pathsOf(webhook(url)), [], url);
    }
  });

  test('keeps what gitops writes below the folder of the workloads file', () => {
    for (const path of ['..', '../x', 'a/../../x', '/etc', 'C:\\x', 'a\\..\\x', '.', './', 'a\0b']) {
      assert.deepEqual(pathsOf(gitops(path)), ['path'], JSON.stringify(path));
    }
    for (const path of ['headroom', './deploy/headroom', 'a/..b']) {
      assert.deepEqual(pathsOf(gitops(path)), [], path);
    }
  });

  test('lets the API name no secret', () => {
    const target: TargetEntry = { kind: 'webhook', url: 'http://a.example', secretEnv: 'A', tokenEnv: 'B' };
    assert.deepEqual(pathsOf(target), []);
    assert.deepEqual(pathsOf(target, 'api'), ['secretEnv', 'tokenEnv']);
  });

  test('bounds the time for one try', () => {
    assert.deepEqual(pathsOf({ kind: 'webhook', url: 'http://a.example', timeout: '0s' }), ['timeout']);
    assert.deepEqual(pathsOf({ kind: 'webhook', url: 'http://a.example', timeout: '61s' }), ['timeout']);
    assert.deepEqual(pathsOf({ kind: 'webhook', url: 'http://a.example', timeout: '1m' }), []);
  });
});

test('the schema lets no header in that Headroom sets, that holds a secret or that is none', () => {
  const isValid = (name: string, value: string) =>
    workloadSchema.safeParse({
      name: 'w',
      scaling: { target: { kind: 'webhook', url: 'http://a.example', headers: { [name]: value } } },
    }).success;
  assert.ok(isValid('X-Team', 'shop'));
  for (const name of [
    'Authorization',
    'cookie',
    'Idempotency-Key',
    'headroom-signature',
    'Host',
    'Content-Length',
    'a b',
  ]) {
    assert.ok(!isValid(name, 'x'), name);
  }
  assert.ok(!isValid('X-Team', 'shop\r\nx: y'));
});
