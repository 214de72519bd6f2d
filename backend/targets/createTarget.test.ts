import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { parseWorkloadsFile } from '../config/index.ts';
import { HeadroomError } from '../errors/index.ts';
import { createTarget, targetPlace, type TargetDeps } from './index.ts';
import { lazyTarget } from './lazyTarget.ts';

const { signal } = new AbortController();
const DEPS: TargetDeps = { env: {}, nowSeconds: () => 1_700_000_000, random: () => 0.5 };

function placeOf(target: string) {
  const parsed = parseWorkloadsFile(
    `sources: [{ name: demo, type: demo }]\nworkloads:\n  - name: checkout\n    activity: { requests: { query: a } }\n` +
      `    scaling: { min: 2, max: 30, mode: approve${target} }\n`
  );
  assert.ok(parsed.isValid, JSON.stringify(parsed));
  return targetPlace(parsed.config.workloads[0]!);
}

test('a workload without a target has no place to scale', () => {
  assert.equal(placeOf(''), undefined);
});

for (const [target, name] of [
  ['{ kind: webhook, url: "https://hooks.example.com/T0/secret" }', 'webhook checkout at https://hooks.example.com'],
  ['{ kind: gitops, path: deploy, namespace: shop, name: checkout }', 'gitops checkout in deploy'],
  ['{ kind: dry-run }', 'dry-run checkout'],
  ['{ kind: keda, namespace: shop, name: checkout }', 'keda shop/checkout'],
  ['{ kind: aws-asg, group: web, region: eu-west-1 }', 'aws-asg web in eu-west-1'],
  ['{ kind: nomad, job: shop, group: web }', 'nomad shop/web'],
] as const) {
  test(`${name} is made from the workloads file without asking anybody`, async () => {
    const place = placeOf(`, target: ${target}`);
    assert.ok(place);
    const made = createTarget(place, DEPS);
    assert.equal(made.name, name);
    assert.equal(made.kind, place.entry.kind);
    await made.close();
  });
}

test('what is experimental says so', () => {
  for (const [target, isExperimental] of [
    ['{ kind: nomad, job: shop, group: web }', true],
    ['{ kind: aws-asg, group: web, region: eu-west-1 }', true],
    ['{ kind: dry-run }', false],
  ] as const) {
    assert.equal(createTarget(placeOf(`, target: ${target}`)!, DEPS).ability.isExperimental, isExperimental);
  }
});

test("AWS's client is not loaded before a group is asked", async () => {
  const index = fileURLToPath(new URL('./index.ts', import.meta.url));
  const script =
    `import { createRequire } from 'node:module';` +
    `const { createTarget } = await import(${JSON.stringify(index)});` +
    `createTarget({ workload: 'w', entry: { kind: 'aws-asg', group: 'g', region: 'eu-west-1' }, min: 1, max: 9 }, { env: {} });` +
    `console.log(Object.keys(createRequire(${JSON.stringify(index)}).cache).filter((file) => file.includes('@aws-sdk')).length);`;
  const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '-e', script]);
  assert.equal(stdout.trim(), '0');
});

test('a lazy target loads once, again after it failed, and closes what it loaded', async () => {
  const calls: string[] = [];
  const inner = createTarget(placeOf(', target: { kind: dry-run }')!, DEPS);
  let isBroken = true;
  const lazy = lazyTarget(inner, () => {
    calls.push('load');
    return isBroken
      ? Promise.reject(new HeadroomError('TARGET_SETTINGS_INVALID', { target: 'x', problem: 'y' }))
      : Promise.resolve({
          ...inner,
          read: (by) => inner.read(by),
          close: () => Promise.resolve(void calls.push('close')),
        });
  });
  await lazy.close();
  await assert.rejects(lazy.read(signal), { code: 'TARGET_SETTINGS_INVALID' });
  isBroken = false;
  assert.equal((await lazy.read(signal)).setting.floor, 2);
  await lazy.read(signal);
  await lazy.close();
  assert.deepEqual(calls, ['load', 'load', 'close']);
});
